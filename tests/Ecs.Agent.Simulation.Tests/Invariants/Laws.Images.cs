using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Simulation.Tests.Scenarios;
using Ecs.Agent.Simulation.Tests.World;

namespace Ecs.Agent.Simulation.Tests.Invariants;

/// <content>How images come and go.</content>
internal sealed partial class Laws
{
    /// <summary>A removal that takes its time, and others before it.</summary>
    private static readonly TimeSpan RemovalPatience = TimeSpan.FromSeconds(60);

    /// <summary>After a look at the disk that came to nothing the next one is a minute later.</summary>
    private static readonly TimeSpan DiskPatience = TimeSpan.FromSeconds(100);

    private readonly Dictionary<string, DateTimeOffset> _freeableSince = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Image, string? Digest), int> _earliest = [];
    private readonly HashSet<(string Image, string? Digest)> _inLine = [];
    private (string? Id, DateTimeOffset At) _lastRemoval;

    public void OnPullAsked(string image, string? digest)
    {
        var name = ImageReference.FamiliarName(image);
        Require(!world.Images.Pulls.Any(p => p.Name == name && p.Digest == digest), $"{name} is pulled twice at a time");
        Require(world.Images.Pulls.Count < world.Scenario.ConcurrentPulls, "more images are pulled at a time than allowed");
        RequireRoom(world.Images.Pulls.Sum(p => p.Total - p.Downloaded), RemovalPatience);
    }

    /// <summary>The agent is about to hear how far it has come, and so that room is needed.</summary>
    public void OnPullAdvanced(DaemonPull pull)
    {
        if (!IsShort(pull.Total - pull.Downloaded))
        {
            pull.ShortSince = null;
        }
        else if (world.Clock.Now - (pull.ShortSince ??= world.Clock.Now) > RemovalPatience)
        {
            RequireRoom(pull.Total - pull.Downloaded, DiskPatience);
        }
    }

    /// <summary>The agent asks for an image's removal. Of one with several names, tasks may have come since the first of them.</summary>
    public void OnDeleteAsked(string nameOrId)
    {
        var id = world.Images.Find(nameOrId);
        var host = world.Scenario.Host;
        var names = id is null ? [ImageReference.FamiliarName(nameOrId)] : world.Images.TagsOf(id).ToList();
        Require(!names.Exists(HostScript.Excluded.Contains), $"{nameOrId} is excluded and is removed");
        Require(
            host.CleanUpEvery is not null || host.MinFree is not null, $"{nameOrId} is removed although nothing asks for it");
        Require(
            host.Untracked || !names.Exists(n => n.StartsWith("foreign/", StringComparison.Ordinal)),
            $"{nameOrId} is nobody's business and is removed");
        var since = _lastRemoval.Id == id ? _lastRemoval.At : DateTimeOffset.MaxValue;
        var needy = KnownTasks().FirstOrDefault(task => !(FirstSaved(task) >= since) && Needs(task, id, [ImageReference.FamiliarName(nameOrId)]));
        Require(needy is null, $"{nameOrId} is removed while {needy?.Definition.Id} needs it");
        _lastRemoval = (id, world.Clock.Now);
    }

    /// <summary>Now it is removed: no container may have counted on it.</summary>
    public void OnDelete(string nameOrId)
    {
        var id = world.Images.Find(nameOrId);
        var name = ImageReference.FamiliarName(nameOrId);
        var needy = world.Checkpoints.All.FirstOrDefault(task => task.Containers.Any(
            c => c is { Removed: false, Known: >= ContainerStatus.Pulled and < ContainerStatus.Stopped }
                && (c.ImageId is null ? ImageReference.FamiliarName(c.Definition.Image) == name && !_lossy.Contains(task.Arn) : c.ImageId == id)));
        Require(needy is null || id is null, $"{nameOrId} is removed under {needy?.Definition.Id}");
    }

    /// <summary>A container cannot be created for want of its image.</summary>
    public void OnImageMissing(ContainerCreation creation)
    {
        var container = world.Checkpoints.Find(creation.Task.Arn)?.Find(creation.Container.Name);
        Require(
            container is null or { Error: not null } || _lossy.Contains(creation.Task.Arn),
            $"{creation.Task.Id}/{creation.Container.Name} has its image taken away from under it");
    }

    public void OnDiscardAsked(string runtimeId)
    {
        var foreign = world.Docker.Foreign.Find(c => c.Id == runtimeId);
        Require(world.Scenario.Host.Untracked, "a container of others is removed although nothing asks for it");
        Require(foreign is not { Runs: true }, "a container of others is removed while it runs");
        Require(
            foreign is null || world.Clock.Now - foreign.EndedAt > world.Scenario.Host.CleanUpWait, "a container of others is removed too early");
        Require(
            world.Docker.Find(runtimeId) is not { State: not ObservedState.Missing } own || HasEnded(own.TaskArn),
            $"{world.Docker.Find(runtimeId)?.Label} is removed as if it were nobody's");
    }

    private void RequireFairPulls(SimulatedAgent agent)
    {
        NoteFreeable(agent);
        var pulls = agent.PullQueue.Snapshot();
        if (pulls.IsEmpty)
        {
            _earliest.Clear();
            _inLine.Clear();
            return;
        }

        var order = agent.Owners.All().Select(t => t.Arn).ToList();
        var waiting = pulls.Where(p => p.Position > 0).ToList();
        Require(
            waiting.Count == 0 || pulls.Length - waiting.Count >= world.Scenario.ConcurrentPulls,
            $"{waiting.FirstOrDefault()?.Image} waits to be pulled while a place is free");
        foreach (var pull in pulls)
        {
            var key = (pull.Image, pull.Digest);
            var earliest = pull.TaskArns.Select(arn => order.IndexOf(arn)).DefaultIfEmpty(int.MaxValue).Min();
            _earliest[key] = Math.Min(earliest, _earliest.GetValueOrDefault(key, int.MaxValue));
        }

        foreach (var pull in pulls.Where(p => p.Position == 0 && _inLine.Contains((p.Image, p.Digest))))
        {
            var overtaken = waiting.Find(w => _inLine.Contains((w.Image, w.Digest)) && w.TaskArns.Select(arn => order.IndexOf(arn))
                .DefaultIfEmpty(int.MaxValue).Min() < _earliest[(pull.Image, pull.Digest)]);
            Require(overtaken is null, $"{pull.Image} is pulled before {overtaken?.Image}, which an earlier task wants");
        }

        _inLine.Clear();
        _inLine.UnionWith(waiting.Select(w => (w.Image, w.Digest)));
    }

    /// <summary>Which images could go is judged by the tasks and by the daemon.</summary>
    private void NoteFreeable(SimulatedAgent agent)
    {
        if (world.Scenario.Host.MinFree is null)
        {
            return;
        }

        var tasks = agent.Owners.All();
        var ledger = agent.Images;
        foreach (var id in world.Images.Ids)
        {
            var names = world.Images.TagsOf(id).ToList();
            var isOurs = ledger.Records.TryGetValue(id, out var record);
            var freeable = (isOurs || world.Scenario.Host.Untracked)
                && !names.Concat(record?.Names ?? []).Any(HostScript.Excluded.Contains)
                && !world.Docker.IsOccupied(id)
                && !tasks.Any(task => Needs(task, id, names.Concat(record?.Names ?? [])));
            if (!freeable)
            {
                _freeableSince.Remove(id);
            }
            else
            {
                _freeableSince.TryAdd(id, world.Clock.Now);
            }
        }
    }

    /// <summary>The agent's own pulls do not fill the disk for as long as something may go.</summary>
    private void RequireRoom(long coming, TimeSpan patience)
    {
        if (!IsShort(coming) || world.Scenario.Disturbances.Any(d => d is Disturbance.CallFails or Disturbance.DaemonAway))
        {
            return;
        }

        var spared = world.Images.Ids.FirstOrDefault(
            id => _freeableSince.TryGetValue(id, out var since) && world.Clock.Now - since > patience);
        Require(spared is null, $"the disk is filled by a pull while {spared} could go");
    }

    private bool IsShort(long coming) => world.Scenario.Host.MinFree is { } least && world.Images.Free - coming < least;

    private ImmutableArray<EcsTask> KnownTasks() => world.Agent?.Owners.All() ?? [];

    private DateTimeOffset FirstSaved(EcsTask task) => _firstSaved.GetValueOrDefault(task.Arn, DateTimeOffset.MaxValue);

    private static bool Needs(EcsTask task, string? id, IEnumerable<string> names) => task.Containers.Any(
        c => !c.Removed && ((id is not null && c.ImageId == id) || names.Contains(ImageReference.FamiliarName(c.Definition.Image))));
}
