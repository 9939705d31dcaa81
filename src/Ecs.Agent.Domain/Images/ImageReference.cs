using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Ecs.Agent.Domain.Images;

/// <summary>
/// A container image's name taken apart: <c>repository[:tag][@digest]</c>, where the repository may begin with a registry's
/// <c>host[:port]</c>. Nothing is filled in: what the text leaves out is null.
/// </summary>
public sealed partial record ImageReference
{
    private const int LongestRepository = 255;

    private ImageReference(string repository, string? tag, string? digest)
    {
        Repository = repository;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>Everything before tag and digest, with the registry's host when there is one.</summary>
    public string Repository { get; }

    /// <summary>The tag, or null.</summary>
    public string? Tag { get; }

    /// <summary><c>sha256:…</c>, or null.</summary>
    public string? Digest { get; }

    /// <summary>
    /// The registry's <c>host[:port]</c>, or null when the image is Docker Hub's. A first component is a host when it holds a dot or a
    /// colon or is <c>localhost</c>.
    /// </summary>
    public string? Host => HostLength(Repository) is > 0 and var length ? Repository[..length] : null;

    /// <summary>What to ask a registry or Docker for when nothing but the name is known: the digest, else the tag, else <c>latest</c>.</summary>
    public string Selector => Digest ?? Tag ?? "latest";

    /// <summary>
    /// The name as Docker lists it: Docker Hub's own prefixes left out, a tag that is not named written out, and nothing but the digest
    /// where there is one. Two references with the same familiar name are the same name to Docker.
    /// </summary>
    public string Familiar => FamiliarRepository() + (Digest is null ? ":" + Selector : "@" + Digest);

    /// <summary><see cref="Familiar"/> of a text; a text that is no reference is itself.</summary>
    public static string FamiliarName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var reference, out _) ? reference.Familiar : text;
    }

    /// <summary>Takes <paramref name="text"/> apart; false when Docker would not take it, with Docker's own words for why.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? reference, [NotNullWhen(false)] out string? problem)
    {
        reference = null;
        var rest = (text ?? "").AsSpan();
        string? digest = null;
        string? tag = null;
        if (rest.IndexOf('@') is >= 0 and var at)
        {
            digest = rest[(at + 1)..].ToString();
            rest = rest[..at];
        }

        var path = rest.LastIndexOf('/') + 1;
        if (rest[path..].IndexOf(':') is >= 0 and var colon)
        {
            tag = rest[(path + colon + 1)..].ToString();
            rest = rest[..(path + colon)];
        }

        var repository = rest.ToString();
        problem = ProblemOf(repository, tag, digest);
        if (problem is null)
        {
            reference = new ImageReference(repository, tag, digest);
        }

        return problem is null;
    }

    /// <summary>The same image by its content: <c>repository@digest</c>, without the tag.</summary>
    public ImageReference At(string digest) => new(Repository, tag: null, digest);

    public override string ToString() => Repository + (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);

    private string FamiliarRepository()
    {
        foreach (var hub in new[] { "docker.io/", "index.docker.io/" })
        {
            if (Repository.StartsWith(hub, StringComparison.Ordinal))
            {
                return WithoutLibrary(Repository[hub.Length..]);
            }
        }

        return WithoutLibrary(Repository);
    }

    /// <summary>Docker Hub keeps its own images in <c>library</c>; a name of one further component is all that it needs.</summary>
    private static string WithoutLibrary(string repository)
    {
        const string library = "library/";
        return repository.StartsWith(library, StringComparison.Ordinal) && repository.IndexOf('/', library.Length) < 0
            ? repository[library.Length..]
            : repository;
    }

    private static string? ProblemOf(string repository, string? tag, string? digest)
    {
        var path = repository[(HostLength(repository) is > 0 and var host ? host + 1 : 0)..];
        var wellFormed = HostLength(repository) is 0 || HostPattern().IsMatch(repository[..HostLength(repository)]);
        if (!wellFormed || (tag is not null && !TagPattern().IsMatch(tag)) || (digest is not null && !DigestPattern().IsMatch(digest)))
        {
            return "invalid reference format";
        }

        if (!PathPattern().IsMatch(path))
        {
            return PathPattern().IsMatch(path.ToLowerInvariant())
                ? "invalid reference format: repository name must be lowercase"
                : "invalid reference format";
        }

        return path.Length > LongestRepository ? "repository name must not be more than 255 characters" : null;
    }

    private static int HostLength(string repository)
    {
        var slash = repository.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
        {
            return 0;
        }

        var first = repository.AsSpan(0, slash);
        return first.IndexOfAny('.', ':') >= 0 || first.SequenceEqual("localhost") ? slash : 0;
    }

    [GeneratedRegex(@"\A[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"\A(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)(?::[0-9]+)?\z")]
    private static partial Regex HostPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}\z")]
    private static partial Regex DigestPattern();
}
