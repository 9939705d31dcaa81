namespace Ecs.Agent.Application.Runtime;

/// <summary>One line of a container's output, without its line end.</summary>
/// <param name="Text">The line.</param>
/// <param name="IsError">Whether it went to standard error; always false for a container with a terminal.</param>
public sealed record ContainerLogLine(string Text, bool IsError);
