using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Testing;

/// <content>Images: every reference can be had from the registry unless it was said to be missing.</content>
public sealed partial class FakeContainerRuntime
{
    private static readonly DateTimeOffset Built = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private ImmutableSortedDictionary<string, LocalImage> _images = ImmutableSortedDictionary.Create<string, LocalImage>(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _missing = new(StringComparer.Ordinal);

    /// <summary>The digest that the registry gives for a reference: made from the name, always the same.</summary>
    public static string DigestOf(string image) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ImageReference.FamiliarName(image))))}";

    /// <summary>The images that are on the machine, by their familiar names or, for those without, their ids.</summary>
    public ImmutableSortedDictionary<string, LocalImage> Images => Volatile.Read(ref _images);

    /// <summary>How large an image is that is pulled or put on the machine: 4 MB each unless set.</summary>
    public Func<string, long> SizeOf { get; set; } = _ => 4_000_000;

    /// <summary>Which content a reference has at this moment: change what it gives, and the tag has moved.</summary>
    public Func<string, string> ContentOf { get; set; } = image => $"{ImageReference.FamiliarName(image)} config";

    /// <summary>What pulls report before they end; nothing but the whole unless set.</summary>
    public Func<string, ImmutableArray<PullProgress>> ProgressOf { get; set; } = _ => [];

    /// <summary>Puts an image on the machine.</summary>
    /// <param name="image">Its reference.</param>
    /// <param name="pulled">Whether it came from a registry and so has a repository digest; otherwise it was loaded or built here.</param>
    /// <param name="environmentNames">The variables that it sets.</param>
    public void AddImage(string image, bool pulled = true, params ImmutableArray<string> environmentNames)
    {
        ArgumentNullException.ThrowIfNull(image);
        var local = new LocalImage(DigestOf(ContentOf(image)), pulled ? [RepoDigest(image)] : [], environmentNames, SizeOf(image));
        ImmutableInterlocked.Update(ref _images, images => Tagged(images, ImageReference.FamiliarName(image), local));
    }

    /// <summary>Gives an image of this machine a second name.</summary>
    public void Tag(string image, string name) => ImmutableInterlocked.Update(
        ref _images,
        images => Tagged(images, ImageReference.FamiliarName(name), images[ImageReference.FamiliarName(image)]));

    /// <summary>Takes an image out of the registry: it can be neither resolved nor pulled.</summary>
    public void RemoveFromRegistry(string image) => _missing[image] = 0;

    public async Task<LocalImage?> FindAsync(string image, CancellationToken cancellationToken) =>
        await CallAsync(RuntimeOperation.FindImage, image, () => Local(image), cancellationToken).ConfigureAwait(false);

    public async Task<string?> ResolveDigestAsync(string image, RegistryLogin? login, CancellationToken cancellationToken)
    {
        var call = NewCall(RuntimeOperation.ResolveDigest, image) with { Login = login };
        return await CallAsync(call, () => FromRegistry(image, ContainerErrorNames.CannotPullImageManifest), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task PullAsync(
        string image, string? digest, RegistryLogin? login, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        var call = NewCall(RuntimeOperation.PullImage, image) with { Digest = digest, Login = login };
        await CallAsync(call, () => Pull(image, progress), cancellationToken).ConfigureAwait(false);
    }

    public async Task<ImmutableArray<HostImage>> ListAsync(CancellationToken cancellationToken) =>
        await CallAsync(RuntimeOperation.ListImages, "", ListImages, cancellationToken).ConfigureAwait(false);

    public async Task DeleteAsync(string nameOrId, CancellationToken cancellationToken) =>
        await CallAsync(RuntimeOperation.DeleteImage, nameOrId, () => Delete(nameOrId), cancellationToken).ConfigureAwait(false);

    private ImmutableArray<HostImage> ListImages() =>
    [
        .. Images.GroupBy(pair => pair.Value.Id).Select(group => new HostImage(
            group.Key, [.. group.Select(pair => pair.Key).Where(name => name != group.Key)], Built, group.First().Value.SizeBytes)),
    ];

    /// <summary>An image whose last name went to another one stays, without a name.</summary>
    private static ImmutableSortedDictionary<string, LocalImage> Tagged(
        ImmutableSortedDictionary<string, LocalImage> images, string name, LocalImage local)
    {
        var before = images.GetValueOrDefault(name);
        var tagged = images.SetItem(name, local);
        return before is null || tagged.Values.Any(other => other.Id == before.Id) ? tagged : tagged.SetItem(before.Id, before);
    }

    private LocalImage? Local(string image) =>
        Images.GetValueOrDefault(ImageReference.FamiliarName(image)) ?? Images.Values.FirstOrDefault(local => local.Id == image);

    private string? ImageIdOf(string image) => Local(image)?.Id;

    /// <summary>As Docker without force: what a container is made from keeps its last name.</summary>
    private bool Delete(string nameOrId)
    {
        if (Local(nameOrId) is not { } local)
        {
            throw new RuntimeException(
                new ContainerError("CannotRemoveImageError", $"Error response from daemon: No such image: {nameOrId}"),
                RuntimeFailureKind.NotFound);
        }

        var names = Images.Where(pair => pair.Value.Id == local.Id).Select(pair => pair.Key).ToList();
        if (ListAll().Any(container => container.ImageId == local.Id) && (names.Count == 1 || nameOrId == local.Id))
        {
            throw new RuntimeException(
                new ContainerError("CannotRemoveImageError", "Error response from daemon: conflict: image is being used by a container"),
                RuntimeFailureKind.Permanent);
        }

        var gone = nameOrId == local.Id ? names : [ImageReference.FamiliarName(nameOrId)];
        ImmutableInterlocked.Update(ref _images, images => images.RemoveRange(gone));
        return true;
    }

    private string Pull(string image, IProgress<PullProgress>? progress)
    {
        var digest = FromRegistry(image, ContainerErrorNames.CannotPullContainer);
        foreach (var step in ProgressOf(image))
        {
            progress?.Report(step);
        }

        progress?.Report(new PullProgress(SizeOf(image), SizeOf(image)));
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
