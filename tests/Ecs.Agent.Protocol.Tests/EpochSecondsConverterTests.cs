using System.Text.Json;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.Protocol.Tests;

public sealed class EpochSecondsConverterTests
{
    [Theory]
    [InlineData(1_767_225_600_000, "1767225600")]
    [InlineData(1_767_225_600_120, "1767225600.12")]
    [InlineData(1_767_225_600_123, "1767225600.123")]
    [InlineData(1, "0.001")]
    [InlineData(0, "0")]
    public void Write_ATime_IsSecondsWithUpToThreeDecimals(long milliseconds, string number)
    {
        var request = new SubmitTaskStateChangeRequest { PullStartedAt = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) };

        Assert.Equal($$"""{"pullStartedAt":{{number}}}""", JsonSerializer.Serialize(request, EcsApiJsonContext.Default.SubmitTaskStateChangeRequest));
    }

    [Fact]
    public void Write_FractionsOfAMillisecond_AreCutOff()
    {
        var request = new SubmitTaskStateChangeRequest { PullStartedAt = DateTimeOffset.UnixEpoch.AddTicks(12_345_678) };

        Assert.Equal("""{"pullStartedAt":1.234}""", JsonSerializer.Serialize(request, EcsApiJsonContext.Default.SubmitTaskStateChangeRequest));
    }

    [Theory]
    [InlineData("1767225600", 1_767_225_600_000)]
    [InlineData("1767225600.5", 1_767_225_600_500)]
    [InlineData("1.7672256005E9", 1_767_225_600_500)]
    [InlineData("1767225600.1239999", 1_767_225_600_124)]
    public void Read_ANumber_IsThatTime(string number, long milliseconds) => Assert.Equal(
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
        JsonSerializer.Deserialize($$"""{"pullStartedAt":{{number}}}""", EcsApiJsonContext.Default.SubmitTaskStateChangeRequest)!.PullStartedAt);

    [Fact]
    public void Read_SomethingElse_IsAJsonError() => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(
        """{"pullStartedAt":"2026-01-01T00:00:00Z"}""", EcsApiJsonContext.Default.SubmitTaskStateChangeRequest));

    [Theory]
    [InlineData("1e300")]
    [InlineData("1e20")]
    public void Read_ANumberBeyondAllTime_IsAJsonError(string number) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(
        $$"""{"pullStartedAt":{{number}}}""", EcsApiJsonContext.Default.SubmitTaskStateChangeRequest));
}
