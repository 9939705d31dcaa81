namespace Ecs.Agent.Domain.Containers;

/// <summary>A container that exists in the runtime and says by its labels whose it is.</summary>
/// <param name="RuntimeId">Docker's id.</param>
/// <param name="DockerName">Its name in Docker.</param>
/// <param name="ImageId"><c>sha256:…</c> of the image it was made from.</param>
public sealed record FoundContainer(string RuntimeId, string DockerName, string? ImageId);
