using Ecs.Agent.Application.Runtime;
using Polly;
using Polly.Retry;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>
/// The retriers, one for each call path that has one. Each call starts with the short waits; only what may pass by itself
/// (<see cref="RuntimeFailureKind.Temporary"/>) is tried again, and the end of the token ends a wait at once.
/// </summary>
internal sealed class DockerRetries
{
    private readonly TimeProvider _time;
    private readonly Func<double> _random;

    /// <param name="time">The clock that the waits go by.</param>
    /// <param name="random">Gives numbers from 0 up to 1, for the jitter.</param>
    public DockerRetries(TimeProvider time, Func<double> random)
    {
        _time = time;
        _random = random;
        Manifest = Pipeline(attempts: 9, TimeSpan.FromMilliseconds(10), growth: 3, TimeSpan.FromSeconds(5), jitter: 0.2);
        Pull = Pipeline(attempts: 5, TimeSpan.FromSeconds(1.1), growth: 2, TimeSpan.FromSeconds(5), jitter: 0.2);
        Tag = Pipeline(attempts: 5, TimeSpan.FromMilliseconds(100), growth: 1, TimeSpan.FromMilliseconds(100), jitter: 0);
        Stop = Pipeline(attempts: 5, TimeSpan.FromSeconds(1), growth: 1.3, TimeSpan.FromSeconds(5), jitter: 0.2);
    }

    /// <summary>Asking a registry for a digest.</summary>
    public ResiliencePipeline Manifest { get; }

    /// <summary>Pulling an image.</summary>
    public ResiliencePipeline Pull { get; }

    /// <summary>Naming a pulled image.</summary>
    public ResiliencePipeline Tag { get; }

    /// <summary>Stopping a container.</summary>
    public ResiliencePipeline Stop { get; }

    /// <summary>The wait before attempt <paramref name="retry"/> + 2: grows geometrically to its ceiling, then jitter on top.</summary>
    public static TimeSpan Wait(int retry, TimeSpan first, double growth, TimeSpan ceiling, double jitter, double random)
    {
        var grown = Math.Min(first.TotalMilliseconds * Math.Pow(growth, retry), ceiling.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(grown * (1 + (jitter * random)));
    }

    private ResiliencePipeline Pipeline(int attempts, TimeSpan first, double growth, TimeSpan ceiling, double jitter) =>
        new ResiliencePipelineBuilder { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = attempts - 1,
                ShouldHandle = new PredicateBuilder()
                    .Handle<DockerException>(e => e.Kind is RuntimeFailureKind.Temporary)
                    .Handle<RuntimeException>(e => e.Kind is RuntimeFailureKind.Temporary),
                DelayGenerator = retry => ValueTask.FromResult<TimeSpan?>(
                    Wait(retry.AttemptNumber, first, growth, ceiling, jitter, _random())),
            })
            .Build();
}
