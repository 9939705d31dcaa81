using Ecs.Agent.Application.Credentials.RefreshCredentials;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Application.Tasks.StopTask;
using MediatR;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs;

/// <summary>Records the commands and answers them as the test says.</summary>
internal sealed class RecordingSender : ISender
{
    private readonly List<object> _sent = [];

    public IReadOnlyList<object> Sent
    {
        get
        {
            lock (_sent)
            {
                return [.. _sent];
            }
        }
    }

    public Func<StartTasksCommand, StartTasksResult> OnStart { get; set; } = command => new StartTasksResult(command.Rejected.IsEmpty);

    public Func<StopTaskCommand, StopTaskResult> OnStop { get; set; } = _ => new StopTaskResult(Known: true);

    public Func<RefreshCredentialsCommand, RefreshCredentialsResult> OnRefresh { get; set; } =
        _ => new RefreshCredentialsResult(TaskKnown: true);

    public Task<TResponse> Send<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default)
    {
        lock (_sent)
        {
            _sent.Add(request);
        }

        object answer = request switch
        {
            StartTasksCommand start => OnStart(start),
            StopTaskCommand stop => OnStop(stop),
            RefreshCredentialsCommand refresh => OnRefresh(refresh),
            _ => throw new InvalidOperationException($"unexpected {request.GetType()}"),
        };
        return Task.FromResult((TResponse)answer);
    }

    public Task Send<TRequest>(TRequest request, CancellationToken cancellationToken = default)
        where TRequest : IRequest
        => throw new InvalidOperationException();

    public Task<object?> Send(object request, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

    public IAsyncEnumerable<TResponse> CreateStream<TResponse>(
        IStreamRequest<TResponse> request, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

    public IAsyncEnumerable<object?> CreateStream(object request, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException();
}
