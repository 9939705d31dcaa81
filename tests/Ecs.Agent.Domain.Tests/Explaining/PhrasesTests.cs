using Ecs.Agent.Domain.Explaining;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Explaining;

public sealed class PhrasesTests
{
    [Theory]
    [InlineData(-1, "0 s")]
    [InlineData(0.04, "0 s")]
    [InlineData(0.6, "0.6 s")]
    [InlineData(12.9, "12 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(3720, "1 h 2 min")]
    [InlineData(273_600, "3 d 4 h")]
    public void Duration_OfAnyLength_IsReadable(double seconds, string expected) =>
        Assert.Equal(expected, Phrases.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1, "1st")]
    [InlineData(2, "2nd")]
    [InlineData(3, "3rd")]
    [InlineData(4, "4th")]
    [InlineData(11, "11th")]
    [InlineData(112, "112th")]
    [InlineData(21, "21st")]
    public void Ordinal_OfAPlace_HasItsEnding(int place, string expected) => Assert.Equal(expected, Phrases.Ordinal(place));

    [Fact]
    public void Time_OfAnotherDay_HasItsDate() => Assert.Equal("2025-12-31 23:00:00 UTC", Phrases.Time(T0.AddHours(-1), T0));

    [Fact]
    public void At_TimeThatHasCome_IsDueNow() => Assert.Equal("at 00:00:00 UTC (due now)", Phrases.At(T0, T0));
}
