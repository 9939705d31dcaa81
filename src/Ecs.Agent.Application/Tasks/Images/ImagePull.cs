using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>One pull, wanted by one container or by many: who waits for it, where in the queue it stands, how far it has come.</summary>
internal sealed class ImagePull(string image, string? digest, RegistryLogin? login) : IProgress<PullProgress>
{
    private readonly Lock _lock = new();
    private ImmutableList<PullMember> _members = [];
    private PullProgress _progress = new(0, 0);
    private LaunchGate.Turn? _turn;
    private bool _hasBegun;

    /// <summary>Of those who ever waited for it, the earliest task's place in the order of admission.</summary>
    private long _order = long.MaxValue;

    public string Image => image;

    public string? Digest => digest;

    /// <summary>The login that it is pulled with, and so of all who wait for it; null is the machine's own.</summary>
    public RegistryLogin? Login => login;

    /// <summary>Whether it has a place, so that bytes move or are about to.</summary>
    public bool HasPlace => _turn?.HasCome == true;

    /// <summary>What it will still write, as far as the registry has said so yet.</summary>
    public long ComingBytes
    {
        get
        {
            lock (_lock)
            {
                return _progress.TotalBytes - _progress.DownloadedBytes;
            }
        }
    }

    /// <summary>How many containers wait for it.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _members.Count;
            }
        }
    }

    public void Join(PullMember member)
    {
        PullProgress? soFar;
        lock (_lock)
        {
            _members = _members.Add(member);
            if (member.Order < _order)
            {
                _order = member.Order;
                _turn?.MoveAhead(_order);
            }

            soFar = _hasBegun ? _progress : null;
        }

        if (soFar is not null)
        {
            member.Began();
            Tell([member], soFar);
        }
    }

    public void Leave(PullMember member)
    {
        lock (_lock)
        {
            _members = _members.Remove(member);
        }
    }

    /// <summary>Gets in line for a place; whenever an earlier task joins, further ahead.</summary>
    public LaunchGate.Turn LineUp(LaunchGate gate)
    {
        lock (_lock)
        {
            return _turn = gate.LineUp(_order);
        }
    }

    /// <summary>From here on bytes move. Everybody who waits hears of it, and so does whoever joins later.</summary>
    public void Begin()
    {
        ImmutableList<PullMember> members;
        lock (_lock)
        {
            _hasBegun = true;
            members = _members;
        }

        members.ForEach(member => member.Began());
    }

    public void Report(PullProgress value)
    {
        ImmutableList<PullMember> members;
        lock (_lock)
        {
            _progress = value;
            members = _members;
        }

        Tell(members, value);
    }

    /// <summary>
    /// As the operator sees it, its position left open, and what that follows from, all of the same moment. <c>Arrival</c> tells pulls of one
    /// task apart: when it got in line; 0 before that.
    /// </summary>
    public (long Order, long Arrival, bool HasPlace, PullState State) Look()
    {
        lock (_lock)
        {
            ImmutableArray<string> tasks = [.. _members.OrderBy(member => member.Order).Select(member => member.TaskArn).Distinct()];
            var state = new PullState(image, digest, tasks, 0, _progress.DownloadedBytes, _progress.TotalBytes);
            return (_order, _turn?.Arrival ?? 0, HasPlace, state);
        }
    }

    private static void Tell(ImmutableList<PullMember> members, PullProgress progress) =>
        members.ForEach(member => member.Progress.Report(progress));
}
