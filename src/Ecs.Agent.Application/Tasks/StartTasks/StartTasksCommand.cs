using System.Collections.Immutable;
using Ecs.Agent.Domain.Tasks;
using MediatR;

namespace Ecs.Agent.Application.Tasks.StartTasks;

/// <summary>
/// Takes on tasks, in order: the earlier one is placed, launched and reported first. A task that is known already is left as it is.
/// </summary>
/// <param name="Tasks">The tasks that are to run.</param>
/// <param name="Rejected">Entries of the same payload that could not be understood; each is reported STOPPED with its reason.</param>
/// <param name="Credentials">What the control plane lends these tasks for their roles.</param>
public sealed record StartTasksCommand(
    ImmutableArray<TaskDefinition> Tasks, ImmutableArray<RejectedTask> Rejected, ImmutableArray<TaskRoleCredentials> Credentials = default)
    : IRequest<StartTasksResult>;
