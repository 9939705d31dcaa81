using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>A container that waits for an image.</summary>
/// <param name="TaskArn">Its task.</param>
/// <param name="Order">The task's place in the order of admission.</param>
/// <param name="Began">Called once, when bytes begin to move for it or when it joins a pull of which they do.</param>
/// <param name="Progress">Hears how far the pull has come.</param>
internal sealed record PullMember(string TaskArn, long Order, Action Began, IProgress<PullProgress> Progress);
