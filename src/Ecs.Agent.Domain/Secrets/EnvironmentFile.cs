namespace Ecs.Agent.Domain.Secrets;

/// <summary>One entry of a container's <c>environmentFiles</c>: a file in S3 with a variable per line.</summary>
/// <param name="Location">The object's ARN.</param>
public sealed record EnvironmentFile(string Location);
