using Ecs.Agent.Application.Identity;
using Ecs.Agent.Infrastructure.ControlPlane.EcsApi;
using Polly;
using Polly.Retry;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>The one retrier of all calls that are made on behalf of tasks: three attempts, where trying again may help.</summary>
internal sealed class AwsRetries(TimeProvider time, IIdentifiers identifiers)
{
    private readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 2,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is AwsCallException error && AwsErrors.IsRetryable(error)),
            DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(
                EcsApiPipelines.StandardDelay(args.AttemptNumber, identifiers.NextFraction())),
        })
        .Build();

    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(async token => await call(token), cancellationToken);
}
