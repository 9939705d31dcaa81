using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Testing;

/// <content>Images: every reference can be had from the registry unless it was said to be missing.</content>
public sealed partial class FakeContainerRuntime
{
    private readonly ConcurrentDictionary<string, LocalImage> _images = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _missing = new(StringComparer.Ordinal);

    /// <summary>The digest that the registry gives for a reference: made from the reference, always the same.</summary>
    public static string DigestOf(string image) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(image)))}";

    /// <summary>Puts an image on the machine.</summary>
    /// <param name="image">Its reference.</param>
    /// <param name="pulled">Whether it came from a registry and so has a repository digest; otherwise it was loaded or built here.</param>
    /// <param name="environmentNames">The variables that it sets.</param>
    public void AddImage(string image, bool pulled = true, params ImmutableArray<string> environmentNames)
    {
        ArgumentNullException.ThrowIfNull(image);
        _images[image] = new LocalImage(DigestOf($"{image} config"), pulled ? [RepoDigest(image)] : [], environmentNames, 4_000_000);
    }

    /// <summary>Takes an image out of the registry: it can be neither resolved nor pulled.</summary>
    public void RemoveFromRegistry(string image) => _missing[image] = 0;

    public async Task<LocalImage?> FindAsync(string image, CancellationToken cancellationToken) =>
        await CallAsync(RuntimeOperation.FindImage, image, () => _images.GetValueOrDefault(image), cancellationToken).ConfigureAwait(false);

    public async Task<string?> ResolveDigestAsync(string image, CancellationToken cancellationToken) =>
        await CallAsync(
            RuntimeOperation.ResolveDigest,
            image,
            () => FromRegistry(image, ContainerErrorNames.CannotPullImageManifest),
            cancellationToken)
            .ConfigureAwait(false);

    public async Task PullAsync(string image, string? digest, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        var call = NewCall(RuntimeOperation.PullImage, image) with { Digest = digest };
        await CallAsync(call, () => Pull(image, progress), cancellationToken).ConfigureAwait(false);
    }

    private string Pull(string image, IProgress<PullProgress>? progress)
    {
        var digest = FromRegistry(image, ContainerErrorNames.CannotPullContainer);
        progress?.Report(new PullProgress(4_000_000, 4_000_000));
        AddImage(image);
        return digest;
    }

    private string FromRegistry(string image, string errorName) => _missing.ContainsKey(image)
        ? throw new RuntimeException(
            new ContainerError(errorName, "Error response from daemon: manifest unknown"), RuntimeFailureKind.NotFound)
        : ImageDigests.In(image) ?? DigestOf(image);

    private static string RepoDigest(string image)
    {
        var name = image.Split('@')[0];
        var colon = name.IndexOf(':', name.LastIndexOf('/') + 1);
        return $"{(colon < 0 ? name : name[..colon])}@{ImageDigests.In(image) ?? DigestOf(image)}";
    }
}
