using System.Collections.Immutable;

namespace Ecs.Agent.Infrastructure.Operations.Wire;

/// <summary>The answer to <c>GET /v1/tasks</c>: all tasks of one agent, in the order of their admission.</summary>
public sealed record TaskListDocument
{
    public required AgentDocument Agent { get; init; }

    public required ImmutableArray<TaskSummaryDocument> Tasks { get; init; }
}
