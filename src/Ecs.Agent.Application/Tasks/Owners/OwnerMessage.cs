using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Tasks.Owners;

/// <summary>What a task's mailbox holds: something happened, and maybe a step has ended with it.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Ended">The step that is no longer in flight, or null when it came from outside.</param>
/// <param name="Durable">Whom to tell that the state with the event in it is durable, or null.</param>
internal readonly record struct OwnerMessage(TaskEvent Event, TaskStep? Ended = null, TaskCompletionSource? Durable = null);
