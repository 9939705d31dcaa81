namespace Ecs.Agent.Infrastructure.Operations.Wire;

/// <summary>One line of a container's output.</summary>
/// <param name="Stream"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The line as it was written, control characters included.</param>
public sealed record LogLineDocument(string Stream, string Text)
{
    /// <summary>Without the text: it may hold anything.</summary>
    public override string ToString() => Stream;
}
