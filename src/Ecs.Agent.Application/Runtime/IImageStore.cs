using System.Collections.Immutable;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Application.Runtime;

/// <summary>The images of this machine and how to get more. All throw <see cref="RuntimeException"/>.</summary>
public interface IImageStore
{
    /// <summary>The image as it is on this machine, or null.</summary>
    Task<LocalImage?> FindAsync(string image, CancellationToken cancellationToken);

    /// <summary>Asks the registry for the digest of the reference; null when it has none that could be used to pull (schema 1 manifests).</summary>
    /// <param name="image">The reference.</param>
    /// <param name="login">What the registry is told; null means what this machine is configured with for it, if anything.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<string?> ResolveDigestAsync(string image, RegistryLogin? login, CancellationToken cancellationToken);

    /// <summary>
    /// Pulls the image, by <paramref name="digest"/> when there is one, and tags it so that <paramref name="image"/> names it.
    /// </summary>
    /// <param name="image">The reference.</param>
    /// <param name="digest"><c>sha256:…</c>, or null.</param>
    /// <param name="login">As for <see cref="ResolveDigestAsync"/>.</param>
    /// <param name="progress">Hears how far it has come.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task PullAsync(
        string image, string? digest, RegistryLogin? login, IProgress<PullProgress>? progress, CancellationToken cancellationToken);

    /// <summary>All images of this machine, dangling ones included.</summary>
    Task<ImmutableArray<HostImage>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes the name from its image, and deletes the image when that was its last one; an id deletes the image. Never by force: what a
    /// container is made from stays. <see cref="RuntimeFailureKind.NotFound"/> when there is no such image.
    /// </summary>
    Task DeleteAsync(string nameOrId, CancellationToken cancellationToken);
}
