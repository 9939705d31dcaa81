using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>
/// The images of the daemon, the disk that they are on and the registry that they come from. Images share a base layer, so what a pull
/// brings depends on what is here.
/// </summary>
internal sealed class SimulatedImages
{
    private readonly SimulatedWorld _world;
    private readonly SortedDictionary<string, string> _tags = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ImmutableArray<string>> _layers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _versions = new(StringComparer.Ordinal);
    private readonly List<DaemonPull> _pulls = [];
    private readonly long _diskSize;

    public SimulatedImages(SimulatedWorld world)
    {
        _world = world;
        foreach (var name in FromTheStart())
        {
            Tag(name, IdOf(name, 0));
        }

        _diskSize = Used + world.Scenario.Host.FreeAtStart;
    }

    /// <summary>Pulls that are under way at the daemon.</summary>
    public IReadOnlyList<DaemonPull> Pulls => _pulls;

    public long Free => _diskSize - Used;

    public IEnumerable<string> Ids => _layers.Keys;

    private long Used => _layers.Values.SelectMany(l => l).Distinct(StringComparer.Ordinal).Sum(SizeOf) + _pulls.Sum(p => p.Downloaded);

    public DiskSpace Measure() => new(_diskSize, Free);

    /// <summary>The id of the image of that name or id, or null.</summary>
    public string? Find(string nameOrId) =>
        _tags.GetValueOrDefault(ImageReference.FamiliarName(nameOrId)) ?? (_layers.ContainsKey(nameOrId) ? nameOrId : null);

    public LocalImage? Describe(string name) =>
        Find(name) is { } id ? new LocalImage(id, [], [], _layers[id].Sum(SizeOf)) : null;

    public IEnumerable<string> TagsOf(string id) => _tags.Where(t => t.Value == id).Select(t => t.Key);

    public ImmutableArray<HostImage> List() =>
    [
        .. _layers.Select(image => new HostImage(
            image.Key, [.. TagsOf(image.Key)], VirtualClock.Epoch - TimeSpan.FromDays(1), image.Value.Sum(SizeOf))),
    ];

    /// <summary>The records of those that an earlier life has used.</summary>
    public ImageLedger OldLedger() => ImageLedger.Of(
        Enumerable.Range(0, _world.Scenario.Host.OldImages).Select(i => new ImageRecord
        {
            Id = IdOf($"old/{i}:1", 0),
            Names = [$"old/{i}:1"],
            FirstSeenAt = VirtualClock.Epoch - TimeSpan.FromDays(1),
            LastUsedAt = VirtualClock.Epoch - TimeSpan.FromHours(i + 1),
        }));

    /// <summary>The registry has another image under that name from now on.</summary>
    public void Move(string name) => _versions[name] = _versions.GetValueOrDefault(name) + 1;

    /// <summary>What the registry says of a name.</summary>
    public string Digest(string image)
    {
        var name = ImageReference.FamiliarName(image);
        RequirePresent(name, ContainerErrorNames.CannotPullImageManifest);
        return $"sha256:{_versions.GetValueOrDefault(name):x64}";
    }

    public DaemonPull Begin(string image, string? digest)
    {
        var name = ImageReference.FamiliarName(image);
        var version = digest is null ? _versions.GetValueOrDefault(name) : Convert.ToInt32(digest[^8..], 16);
        var pull = new DaemonPull(name, digest, IdOf(name, version));
        _pulls.Add(pull);
        return pull;
    }

    /// <summary>So much of it is here.</summary>
    public PullProgress Advance(DaemonPull pull, double fraction)
    {
        RequirePresent(pull.Name, ContainerErrorNames.CannotPullContainer);
        pull.Total = pull.Total > 0 ? pull.Total : LayersOf(pull.Id).Where(layer => !_layers.Values.Any(l => l.Contains(layer))).Sum(SizeOf);
        pull.Downloaded = (long)(pull.Total * fraction);
        return new PullProgress(pull.Downloaded, pull.Total);
    }

    public void Complete(DaemonPull pull)
    {
        RequirePresent(pull.Name, ContainerErrorNames.CannotPullContainer);
        End(pull);
        Tag(pull.Name, pull.Id);
    }

    public void End(DaemonPull pull) => _pulls.Remove(pull);

    /// <summary>Nobody waits for them any more.</summary>
    public void EndAll() => _pulls.Clear();

    public void Delete(string nameOrId)
    {
        var id = Find(nameOrId)
            ?? throw new RuntimeException(new ContainerError("CannotRemoveImageError", "No such image"), RuntimeFailureKind.NotFound);
        var tags = TagsOf(id).ToList();
        if (_world.Docker.IsOccupied(id) && (tags.Count < 2 || nameOrId == id))
        {
            throw new RuntimeException(new ContainerError("CannotRemoveImageError", "It is used"), RuntimeFailureKind.Permanent);
        }

        _world.Trace.Add($"  docker: {nameOrId} deleted");
        foreach (var tag in nameOrId == id ? tags : [ImageReference.FamiliarName(nameOrId)])
        {
            _tags.Remove(tag);
        }

        if (nameOrId == id || tags.Count < 2)
        {
            _layers.Remove(id);
        }
    }

    private static string IdOf(string name, int version) => $"sha256:{name}@{version}";

    private static ImmutableArray<string> LayersOf(string id) => [$"base{id[^4] % 2}", id];

    private IEnumerable<string> FromTheStart()
    {
        var host = _world.Scenario.Host;
        return Enumerable.Range(0, host.OldImages).Select(i => $"old/{i}:1")
            .Concat(Enumerable.Range(0, host.ForeignImages).Select(i => $"foreign/{i}:1"))
            .Concat(_world.Scenario.Tasks
                .SelectMany(t => t.Definition.Containers)
                .Select(c => ImageReference.FamiliarName(c.Image))
                .Where(name => name.StartsWith("cached/", StringComparison.Ordinal)));
    }

    /// <summary>A name that moves leaves its old image dangling.</summary>
    private void Tag(string name, string id)
    {
        _tags[name] = id;
        _layers[id] = LayersOf(id);
    }

    private long SizeOf(string layer) => 50 + (long)(350 * _world.Chance.Of($"size of {layer}"));

    private static void RequirePresent(string name, string error)
    {
        if (name.StartsWith("missing/", StringComparison.Ordinal))
        {
            throw new RuntimeException(new ContainerError(error, "manifest unknown"), RuntimeFailureKind.NotFound);
        }
    }
}
