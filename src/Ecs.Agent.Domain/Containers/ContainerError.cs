namespace Ecs.Agent.Domain.Containers;

/// <summary>
/// Why a container failed, in the words that ECS shows. <paramref name="Name"/> is the error's class, such as
/// <c>CannotPullContainerError</c>; <paramref name="Message"/> the text behind it. Holds no secret: adapters redact before they translate.
/// </summary>
public sealed record ContainerError(string Name, string Message)
{
    /// <summary>The container's <c>reason</c> as the control plane receives it: <c>Name: Message</c>.</summary>
    public string Reason => $"{Name}: {Message}";

    public override string ToString() => Reason;
}
