using System.Collections.Immutable;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Registries;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>
/// Asks registries. One look-up per reference and login and one pull per reference, digest and login at a time, however many containers
/// want it;
/// a bounded number of pulls at a time, those of the earliest tasks first. Waiting for a place is not part of the pull: no limit counts
/// it. Nobody
/// gets an image by somebody else's login.
/// </summary>
internal sealed partial class ImagePulls : IPullQueue
{
    private readonly IImageStore _images;
    private readonly ImageInventory _inventory;
    private readonly DiskRoom _room;
    private readonly TimeProvider _time;
    private readonly ILogger<ImagePulls> _logger;
    private readonly LaunchGate _gate;
    private readonly SharedWork<(string Name, RegistryLogin? Login), (string Image, RegistryLogin? Login), string?> _lookUps;
    private readonly SharedWork<(string Name, string? Digest, RegistryLogin? Login), ImagePull, bool> _pulls;

    public ImagePulls(
        IImageStore images, ImageInventory inventory, DiskRoom room, AgentOptions options, TimeProvider time, ILogger<ImagePulls> logger)
    {
        _images = images;
        _inventory = inventory;
        _room = room;
        _time = time;
        _logger = logger;
        _gate = new LaunchGate(options.ConcurrentImagePulls);
        _lookUps = new((wanted, cancellationToken) => images.ResolveDigestAsync(wanted.Image, wanted.Login, cancellationToken));
        _pulls = new(PullAsync);
    }

    /// <summary>The digest that the registry has for the reference; null when it has none to pull by.</summary>
    public Task<string?> ResolveDigestAsync(string image, RegistryLogin? login, CancellationToken cancellationToken) => _lookUps.JoinAsync(
        (ImageReference.FamiliarName(image), login), () => (image, login), _ => { }, _ => { }, cancellationToken);

    /// <summary>Gets the image here. Leaving does not end a pull that another container waits for.</summary>
    public Task PullAsync(string image, string? digest, RegistryLogin? login, PullMember member, CancellationToken cancellationToken) =>
        _pulls.JoinAsync(
            (ImageReference.FamiliarName(image), digest, login),
            () => new ImagePull(image, digest, login),
            pull => pull.Join(member),
            pull => pull.Leave(member),
            cancellationToken);

    /// <summary>All pulls that are wanted: first those that are under way, then those that wait, in their order.</summary>
    public ImmutableArray<PullState> Snapshot()
    {
        // Looked at once each: a pull whose turn comes in this moment is neither left out nor shown twice.
        var pulls = _pulls.UnderWay.Select(pull => pull.Look()).Where(pull => pull.Arrival > 0).ToLookup(pull => pull.HasPlace);
        return
        [
            .. pulls[true].OrderBy(pull => pull.Arrival).Select(pull => pull.State),
            .. pulls[false].OrderBy(pull => pull.Order).ThenBy(pull => pull.Arrival)
                .Select((pull, ahead) => pull.State with { Position = ahead + 1 }),
        ];
    }

    private async Task<bool> PullAsync(ImagePull pull, CancellationToken cancellationToken)
    {
        using var place = await pull.LineUp(_gate).ComeAsync(cancellationToken).ConfigureAwait(false);
        await _room.MakeRoomAsync(ComingBytes, cancellationToken).ConfigureAwait(false);
        var begun = _time.GetTimestamp();
        pull.Begin();
        var relay = new Relay(this, pull, cancellationToken);
        try
        {
            await _images.PullAsync(pull.Image, pull.Digest, pull.Login, relay, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The reference may mean another image now, also where the pull has failed half-way.
            _inventory.Forget(pull.Image);
            await relay.RoomMaking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var elapsed = _time.GetElapsedTime(begun);
        LogPulled(pull.Image, pull.Digest, elapsed, pull.Waiting);
        await RecordAsync(pull.Image, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Looks at what came. Not being able to takes nothing from the pull: whoever needs to know looks again. A daemon that has gone away is
    /// another matter: then the whole step is done again when it is back.
    /// </summary>
    private async Task RecordAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            await _inventory.RecordPullAsync(image, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e) when (e.Kind != RuntimeFailureKind.Unreachable)
        {
            LogNotRecorded(image, e.Message);
        }
    }

    private long ComingBytes() => _pulls.UnderWay.Where(pull => pull.HasPlace).Sum(pull => pull.ComingBytes);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Image {Image}: pulled ({Digest}) in {Elapsed}, {Containers} container(s) waited for it")]
    private partial void LogPulled(string image, string? digest, TimeSpan elapsed, int containers);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Image {Image}: pulled, but it could not be looked at afterwards, so it does not count as pulled by this agent: {Problem}")]
    private partial void LogNotRecorded(string image, string problem);

    /// <summary>Passes progress on, and keeps an eye on the disk while bytes come in.</summary>
    private sealed class Relay(ImagePulls pulls, ImagePull pull, CancellationToken cancellationToken) : IProgress<PullProgress>
    {
        public Task RoomMaking { get; private set; } = Task.CompletedTask;

        public void Report(PullProgress value)
        {
            pull.Report(value);
            if (RoomMaking.IsCompleted && pulls._room.IsDue)
            {
                RoomMaking = pulls._room.MakeRoomAsync(pulls.ComingBytes, cancellationToken);
            }
        }
    }
}
