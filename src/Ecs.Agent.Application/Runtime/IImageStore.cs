using System.Collections.Immutable;
using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Application.Runtime;

/// <summary>The images of this machine and how to get more. All throw <see cref="RuntimeException"/>.</summary>
public interface IImageStore
{
    /// <summary>The image as it is on this machine, or null.</summary>
    Task<LocalImage?> FindAsync(string image, CancellationToken cancellationToken);

    /// <summary>Asks the registry for the digest of the reference; null when it has none that could be used to pull (schema 1 manifests).</summary>
    Task<string?> ResolveDigestAsync(string image, CancellationToken cancellationToken);

    /// <summary>
    /// Pulls the image, by <paramref name="digest"/> when there is one, and tags it so that <paramref name="image"/> names it.
    /// </summary>
    Task PullAsync(string image, string? digest, IProgress<PullProgress>? progress, CancellationToken cancellationToken);

    /// <summary>All images of this machine, dangling ones included.</summary>
    Task<ImmutableArray<HostImage>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes the name from its image, and deletes the image when that was its last one; an id deletes the image. Never by force: what a
    /// container is made from stays. <see cref="RuntimeFailureKind.NotFound"/> when there is no such image.
    /// </summary>
    Task DeleteAsync(string nameOrId, CancellationToken cancellationToken);
}
