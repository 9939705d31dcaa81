namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>One mistake in a task definition: where it is and which rule it breaks.</summary>
/// <param name="Path">
/// JSON path inside the definition, such as <c>containerDefinitions[0].portMappings[1].hostPort</c>; <c>$</c> for the document as a whole.
/// </param>
/// <param name="Message">The rule in one line, with ECS's own text where the service has one. Never holds environment values.</param>
public sealed record DefinitionProblem(string Path, string Message)
{
    /// <inheritdoc />
    public override string ToString() => $"{Path}: {Message}";
}
