using System.Collections.Immutable;
using Ecs.Agent.Domain.Explaining;

namespace Ecs.Agent.Application.Tasks.ListTasks;

/// <summary>What a <see cref="ListTasksQuery"/> found.</summary>
/// <param name="Tasks">In the order of their admission.</param>
public sealed record ListTasksResult(ImmutableArray<TaskExplanation> Tasks);
