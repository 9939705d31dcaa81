using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>One pull, wanted by one container or by many: who waits for it, where in the queue it stands, how far it has come.</summary>
internal sealed class ImagePull(string image, string? digest, RegistryLogin? login) : IProgress<PullProgress>
{
    private readonly Lock _lock = new();
    private ImmutableList<PullMember> _members = [];
    private PullProgress _progress = new(0, 0);
    private CancellationTokenSource? _turn;
    private bool _hasBegun;

    public string Image => image;

    public string? Digest => digest;

    /// <summary>The login that it is pulled with, and so of all who wait for it; null is the machine's own.</summary>
    public RegistryLogin? Login => login;

    /// <summary>Of those who ever waited for it, the earliest task's place in the order of admission.</summary>
    public long Order { get; private set; } = long.MaxValue;

    /// <summary>Tells pulls of one task apart: when it got in line; 0 before that.</summary>
    public long Arrival { get; private set; }

    /// <summary>Whether it has a place, so that bytes move or are about to.</summary>
    public bool HasPlace { get; private set; }

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
            if (member.Order < Order)
            {
                Order = member.Order;
                _turn?.Cancel();
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

    /// <summary>It is about to get in line. The source ends when an earlier task joins: the place in the line is then too far back.</summary>
    public CancellationTokenSource BeginTurn(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _turn = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        }
    }

    /// <summary>It is in line.</summary>
    public void LineUp(long arrival)
    {
        lock (_lock)
        {
            Arrival = arrival;
        }
    }

    /// <summary>It is in line no longer; <paramref name="hasPlace"/> says whether because its turn has come.</summary>
    public void LeaveLine(bool hasPlace)
    {
        lock (_lock)
        {
            _turn = null;
            HasPlace = hasPlace;
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

    /// <summary>As the operator sees it.</summary>
    /// <param name="position">Its place among those that wait; 0 when it has its turn.</param>
    public PullState Describe(int position)
    {
        lock (_lock)
        {
            ImmutableArray<string> tasks = [.. _members.OrderBy(member => member.Order).Select(member => member.TaskArn).Distinct()];
            return new PullState(image, digest, tasks, position, _progress.DownloadedBytes, _progress.TotalBytes);
        }
    }

    private static void Tell(ImmutableList<PullMember> members, PullProgress progress) =>
        members.ForEach(member => member.Progress.Report(progress));
}
