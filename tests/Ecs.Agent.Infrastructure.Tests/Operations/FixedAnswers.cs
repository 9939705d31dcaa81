using Ecs.Agent.Application.Tasks.ExplainTask;
using Ecs.Agent.Application.Tasks.ListTasks;
using MediatR;

namespace Ecs.Agent.Infrastructure.Tests.Operations;

/// <summary>An Application that has one answer to each question.</summary>
internal sealed class FixedAnswers(Func<ExplainTaskQuery, ExplainTaskResult> explain, ListTasksResult list) : ISender
{
    public Task<TResponse> Send<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default) =>
        Task.FromResult((TResponse)(request switch
        {
            ExplainTaskQuery query => (object)explain(query),
            ListTasksQuery => list,
            _ => throw new InvalidOperationException(request.GetType().Name),
        }));

    public Task Send<TRequest>(TRequest request, CancellationToken cancellationToken = default)
        where TRequest : IRequest => throw new InvalidOperationException();

    public Task<object?> Send(object request, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

    public IAsyncEnumerable<TResponse> CreateStream<TResponse>(
        IStreamRequest<TResponse> request, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

    public IAsyncEnumerable<object?> CreateStream(object request, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException();
}
