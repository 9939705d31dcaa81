using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Infrastructure.Durations;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>
/// One thing that is asked of Docker, with the time it may take. Makes a <see cref="RuntimeException"/> of whatever goes wrong; the end
/// of the caller's token stays a cancellation.
/// </summary>
/// <param name="ErrorName">The error class that ECS shows for it.</param>
/// <param name="Transition">What could not be reached, as <c>DockerTimeoutError</c> puts it.</param>
/// <param name="Limit">How long it may take.</param>
internal sealed record DockerOperation(string ErrorName, string Transition, TimeSpan Limit)
{
    public async Task<T> RunAsync<T>(TimeProvider time, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            throw TimedOut(e);
        }
        catch (DockerException e)
        {
            throw new RuntimeException(new ContainerError(ErrorName, e.Message), e.Kind, e);
        }
    }

    public Task RunAsync(TimeProvider time, Func<CancellationToken, Task> call, CancellationToken cancellationToken) =>
        RunAsync(
            time,
            async token =>
            {
                await call(token);
                return true;
            },
            cancellationToken);

    /// <summary>What this operation's limit, run out, reads like.</summary>
    public RuntimeException TimedOut(Exception? innerException) => new(
        new ContainerError(
            ContainerErrorNames.DockerTimeout,
            $"Could not transition to {Transition}; timed out after waiting {GoDuration.Format(Limit)}"),
        RuntimeFailureKind.TimedOut,
        innerException);
}
