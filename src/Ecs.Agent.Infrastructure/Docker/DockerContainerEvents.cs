using System.Runtime.CompilerServices;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Infrastructure.Docker.Wire;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>Docker's event stream, reopened whenever it ends.</summary>
internal sealed partial class DockerContainerEvents(DockerHttp docker, TimeProvider time, ILogger<DockerContainerEvents> logger)
    : IContainerEvents
{
    // "died" and "remove" are Podman's words for "die" and "destroy"; Docker has no events of those names.
    private const string Filters = """{"type":["container"],"event":["start","die","died","destroy","remove","health_status"]}""";
    private const string HealthPrefix = "health_status: ";

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(10);

    public async IAsyncEnumerable<RuntimeEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        while (true)
        {
            if (await OpenAsync(cancellationToken) is { } response)
            {
                using (response)
                {
                    yield return new RuntimeEvent.Resync();
                    await using var messages = docker
                        .ReadStreamAsync(response, DockerJson.Default.EventMessage, cancellationToken)
                        .GetAsyncEnumerator(cancellationToken);
                    while (await NextAsync(messages, cancellationToken) is { } message)
                    {
                        wait = FirstWait;
                        if (Translate(message) is { } found)
                        {
                            yield return found;
                        }
                    }
                }
            }

            await Task.Delay(wait, time, cancellationToken);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    /// <summary>What an event says to look at; null when it is none of ours.</summary>
    internal static RuntimeEvent? Translate(EventMessage message) => (message.Action, message.Actor?.ID) switch
    {
        (_, null or "") => null,
        ("start", var id) => new RuntimeEvent.Started(id, TimeOf(message)),
        ("die" or "died" or "destroy" or "remove", var id) => new RuntimeEvent.Ended(id),

        // Podman does not say which health it is, so there is nothing for it but to look.
        ("health_status", var id) => new RuntimeEvent.Ended(id),
        ({ } action, var id) when action.StartsWith(HealthPrefix, StringComparison.Ordinal) =>
            new RuntimeEvent.HealthChanged(id, ContainerObserver.HealthOf(action[HealthPrefix.Length..])),
        _ => null,
    };

    private static DateTimeOffset? TimeOf(EventMessage message) =>
        message.TimeNano > 0 ? DateTimeOffset.UnixEpoch.AddTicks(message.TimeNano / TimeSpan.NanosecondsPerTick) : null;

    /// <summary>
    /// The open stream. Docker answers before it has subscribed us, so the stream also covers the time from just before the request, by
    /// the daemon's own clock: between the stream and the look at everything that follows there is no gap.
    /// </summary>
    private async Task<HttpResponseMessage?> OpenAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(OpenWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var ping = await docker.SendAsync(HttpMethod.Get, "/_ping", content: null, either.Token);
            var since = (ping.Headers.Date ?? time.GetUtcNow()).ToUnixTimeSeconds();
            return await docker.SendAsync(
                HttpMethod.Get, $"/events?since={since}&filters={DockerHttp.Escape(Filters)}", content: null, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogSilent(OpenWithin.TotalSeconds);
            return null;
        }
        catch (DockerException e)
        {
            LogNotOpened(e.Message);
            return null;
        }
    }

    private async Task<EventMessage?> NextAsync(IAsyncEnumerator<EventMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            if (await messages.MoveNextAsync())
            {
                return messages.Current;
            }

            LogEnded("end of stream");
        }
        catch (DockerException e) when (!cancellationToken.IsCancellationRequested)
        {
            LogEnded(e.Message);
        }

        return null;
    }

    [LoggerMessage(2001, LogLevel.Warning, "The Docker daemon did not open its event stream within {Seconds} s; trying again")]
    private partial void LogSilent(double seconds);

    [LoggerMessage(2002, LogLevel.Warning, "Docker's event stream cannot be opened; trying again: {Problem}")]
    private partial void LogNotOpened(string problem);

    [LoggerMessage(2003, LogLevel.Warning, "Docker's event stream ended; reopening: {Problem}")]
    private partial void LogEnded(string problem);
}
