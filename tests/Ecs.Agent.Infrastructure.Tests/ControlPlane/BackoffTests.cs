using Ecs.Agent.Infrastructure.ControlPlane;
using Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(0, 0, 250)]
    [InlineData(0, 0.999999, 300)]
    [InlineData(1, 0, 375)]
    [InlineData(2, 0.5, 618.75)]
    [InlineData(16, 0, 120_000)]
    public void Delay_Failures_GrowUpToTheMaximum(int failures, double jitter, double milliseconds)
    {
        var delay = Backoff.Delay(TimeSpan.FromMilliseconds(250), TimeSpan.FromMinutes(2), 1.5, 0.2, failures, jitter);
        Assert.Equal(milliseconds, delay.TotalMilliseconds, tolerance: 0.01);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 0.5, 1)]
    [InlineData(1, 0.5, 2)]
    [InlineData(9, 0.9, 20)]
    public void StandardDelay_Retry_IsUniformBelowAPowerOfTwo(int retries, double fraction, double seconds) =>
        Assert.Equal(seconds, EcsApiPipelines.StandardDelay(retries, fraction).TotalSeconds, tolerance: 0.001);

    [Theory]
    [InlineData(0, 0, 60)]
    [InlineData(0, 0.999, 118)]
    [InlineData(1, 0, 120)]
    [InlineData(3, 0.999, 944)]
    public void SubmissionDelay_Retry_DoublesThirtyToFiftyNineMilliseconds(int retries, double fraction, double milliseconds) =>
        Assert.Equal(milliseconds, EcsApiPipelines.SubmissionDelay(retries, fraction).TotalMilliseconds, tolerance: 0.001);

    [Theory]
    [InlineData(0, 0.5, 1)]
    [InlineData(1, 0.5, 2)]
    [InlineData(2, 0, 3)]
    [InlineData(3, 0, 6)]
    [InlineData(8, 0, 192)]
    [InlineData(1000, 0, 192)]
    public void RegistrationDelay_Retry_IsQuickTwiceAndThenGrowsFromThreeSeconds(int retries, double fraction, double seconds) =>
        Assert.Equal(seconds, EcsApiPipelines.RegistrationDelay(retries, fraction).TotalSeconds, tolerance: 0.001);
}
