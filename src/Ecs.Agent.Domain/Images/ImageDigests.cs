using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Images;

/// <summary>Which digest belongs to an image reference.</summary>
public static class ImageDigests
{
    /// <summary>The digest that stands in the reference itself, or null.</summary>
    public static string? In(string image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var at = image.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? null : image[(at + 1)..];
    }

    /// <summary>
    /// The digest under which a local image is known in the repository that the reference names, or null: images that were built or
    /// loaded here have none.
    /// </summary>
    /// <param name="image">The reference.</param>
    /// <param name="repoDigests"><c>repository@sha256:…</c> as the runtime lists them.</param>
    public static string? Among(string image, ImmutableArray<string> repoDigests)
    {
        var repository = Repository(image);
        foreach (var repoDigest in repoDigests)
        {
            if (Repository(repoDigest) == repository)
            {
                return In(repoDigest);
            }
        }

        return null;
    }

    /// <summary>The repository without tag and digest, Docker Hub's short names written out.</summary>
    private static string Repository(string image)
    {
        var name = image.Split('@')[0];
        var slash = name.LastIndexOf('/');
        var colon = name.IndexOf(':', slash + 1);
        name = colon < 0 ? name : name[..colon];
        var host = name.Contains('/', StringComparison.Ordinal) ? name[..name.IndexOf('/', StringComparison.Ordinal)] : "";
        var hasHost = host.Contains('.', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal) || host == "localhost";
        return hasHost ? name : host.Length == 0 ? $"docker.io/library/{name}" : $"docker.io/{name}";
    }
}
