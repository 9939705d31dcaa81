using Ecs.Agent.Application.Identity;
using Ecs.Agent.Infrastructure.Aws;
using Polly;
using Polly.Retry;

namespace Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

/// <summary>How each call path repeats itself. There is one retrier per path; whoever calls does not add another within it.</summary>
internal sealed class EcsApiPipelines
{
    private const int StandardRetries = 2;
    private const int SubmitRetries = 4;
    private static readonly TimeSpan RegistrationBudget = TimeSpan.FromHours(1);

    public EcsApiPipelines(TimeProvider time, IIdentifiers identifiers)
    {
        Standard = Build(time, new RetryStrategyOptions
        {
            MaxRetryAttempts = StandardRetries,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is AwsCallException error && AwsErrors.IsRetryable(error)),
            DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(StandardDelay(args.AttemptNumber, identifiers.NextFraction())),
        });
        Submission = Build(time, new RetryStrategyOptions
        {
            MaxRetryAttempts = SubmitRetries,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is AwsCallException error && AwsErrors.IsRetryable(error)),
            DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(SubmissionDelay(args.AttemptNumber, identifiers.NextFraction())),
        });
        _time = time;
        _identifiers = identifiers;
    }

    private readonly TimeProvider _time;
    private readonly IIdentifiers _identifiers;

    /// <summary>Three attempts.</summary>
    public ResiliencePipeline Standard { get; }

    /// <summary>A few quick repeats; what outlasts them is repeated by the task's owner with the latest state.</summary>
    public ResiliencePipeline Submission { get; }

    /// <summary>
    /// For one registration: after the two quick repeats of <see cref="Standard"/>, throttling and server errors are repeated for up to an
    /// hour, 3 s apart at first and 192 s at most.
    /// </summary>
    public ResiliencePipeline Registration()
    {
        var started = _time.GetTimestamp();
        return Build(_time, new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = args => ValueTask.FromResult(
                args.Outcome.Exception is AwsCallException error
                && (args.AttemptNumber < StandardRetries
                    ? AwsErrors.IsRetryable(error) || AwsErrors.IsTransient(error)
                    : AwsErrors.IsTransient(error) && _time.GetElapsedTime(started) < RegistrationBudget)),
            DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(RegistrationDelay(args.AttemptNumber, _identifiers.NextFraction())),
        });
    }

    /// <summary>Before retry n (from 1): uniform in [0, 1) times 2ⁿ s, 20 s at most.</summary>
    internal static TimeSpan StandardDelay(int retriesBefore, double fraction) =>
        TimeSpan.FromSeconds(Math.Min(20, fraction * Math.Pow(2, retriesBefore + 1)));

    /// <summary>Before retry n (from 1): 2ⁿ times 30 to 59 ms.</summary>
    internal static TimeSpan SubmissionDelay(int retriesBefore, double fraction) =>
        TimeSpan.FromMilliseconds(Math.Pow(2, retriesBefore + 1) * (30 + Math.Floor(fraction * 30)));

    internal static TimeSpan RegistrationDelay(int retriesBefore, double fraction) =>
        retriesBefore < StandardRetries
            ? StandardDelay(retriesBefore, fraction)
            : Backoff.Delay(
                TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(192), 2, 0.2, Math.Min(retriesBefore - StandardRetries, 16), fraction);

    private static ResiliencePipeline Build(TimeProvider time, RetryStrategyOptions retry) =>
        new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(retry).Build();
}
