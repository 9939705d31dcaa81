namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>One thing that runs differently here than on AWS.</summary>
/// <param name="Path">JSON path of the member in question.</param>
/// <param name="Message">What is done instead, in one line.</param>
public sealed record AdaptationNote(string Path, string Message)
{
    /// <inheritdoc />
    public override string ToString() => $"{Path}: {Message}";
}
