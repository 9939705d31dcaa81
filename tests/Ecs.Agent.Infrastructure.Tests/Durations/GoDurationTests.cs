using Ecs.Agent.Infrastructure.Durations;

namespace Ecs.Agent.Infrastructure.Tests.Durations;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("+0", 0)]
    [InlineData("10m", 600_000_000_000)]
    [InlineData("1h30m", 5_400_000_000_000)]
    [InlineData("30m1h", 5_400_000_000_000)]
    [InlineData("1s1s", 2_000_000_000)]
    [InlineData("-1.5s", -1_500_000_000)]
    [InlineData("5.s", 5_000_000_000)]
    [InlineData(".5s", 500_000_000)]
    [InlineData("3us", 3_000)]
    [InlineData("3\u00b5s", 3_000)]
    [InlineData("3\u03bcs", 3_000)]
    [InlineData("2ms7ns", 2_000_007)]
    [InlineData("0.3ns", 0)]
    [InlineData("9223372036854775807ns", long.MaxValue)]
    [InlineData("-9223372036854775808ns", long.MinValue)]
    [InlineData("0.100000000000000000000h", 360_000_000_000)]
    public void TryParse_Duration_GivesNanoseconds(string text, long nanoseconds)
    {
        Assert.True(GoDuration.TryParseNanoseconds(text, out var parsed, out var problem), problem);
        Assert.Equal(nanoseconds, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("10")]
    [InlineData("00")]
    [InlineData(" 10m")]
    [InlineData("10 m")]
    [InlineData("10m ")]
    [InlineData(".s")]
    [InlineData("1d")]
    [InlineData("1H")]
    [InlineData("1e3s")]
    [InlineData("1_000s")]
    [InlineData("1h-30m")]
    [InlineData("--1s")]
    [InlineData("9223372036854775808ns")]
    [InlineData("-9223372036854775809ns")]
    [InlineData("2562048h")]
    [InlineData("99999999999999999999999999999999999999999999999999h")]
    public void TryParse_NotADuration_SaysWhy(string text)
    {
        Assert.False(GoDuration.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void TryParse_Duration_GivesATimeSpan()
    {
        Assert.True(GoDuration.TryParse("1m30s", out var parsed, out _));
        Assert.Equal(TimeSpan.FromSeconds(90), parsed);
    }
}
