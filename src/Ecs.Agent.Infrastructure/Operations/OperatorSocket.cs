using System.Net.Sockets;
using Ecs.Agent.Application.Identity;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ecs.Agent.Infrastructure.Operations;

/// <summary>
/// Listens for operators of this machine on a Unix domain socket that nobody but the agent's own user and root can open. An agent without
/// it works just as well, so whatever is in its way is a warning.
/// </summary>
internal sealed partial class OperatorSocket(
    IReadOnlyDictionary<string, string> environment,
    OperatorApplication application,
    IIdentifiers identifiers,
    TimeProvider time,
    ILoggerFactory loggers,
    ILogger<OperatorSocket> logger) : IHostedService, IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // How long questions that are being answered may take to end.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private KestrelServer? _kestrel;

    /// <summary>Where it listens; null when it does not.</summary>
    public string? Path { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (SocketDirectory.Own(environment) is not { } directory)
        {
            LogNowhere(SocketDirectory.Variable);
            return;
        }

        try
        {
            SocketDirectory.Prepare(directory);
            SocketDirectory.RemoveStale(directory);
            await ListenAsync(SocketDirectory.PathFor(directory, identifiers.NameSuffix()[..8]), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException or ArgumentException)
        {
            LogNotListening(directory, e.Message, SocketDirectory.Variable);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_kestrel is not { } kestrel)
        {
            return;
        }

        using var patience = new CancellationTokenSource(StopPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await kestrel.StopAsync(either.Token);
        File.Delete(Path!);
    }

    public void Dispose() => _kestrel?.Dispose();

    private async Task ListenAsync(string path, CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.ListenUnixSocket(path, listen => listen.Protocols = HttpProtocols.Http1);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions { IOQueueCount = 1 }), loggers);
        _kestrel = new KestrelServer(Options.Create(options), transport, loggers);
        await _kestrel.StartAsync(application, cancellationToken);

        // The directory has kept others out since before the socket was there.
        File.SetUnixFileMode(path, OwnerOnly);
        Path = path;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "`ecs-agent explain` will not find this agent: there is no XDG_RUNTIME_DIR to put its socket in. Set {Variable} to a directory")]
    private partial void LogNowhere(string variable);

    [LoggerMessage(
        LogLevel.Warning,
        "`ecs-agent explain` will not find this agent: its socket cannot be put in {Directory}: {Problem}. "
        + "Set {Variable} to another directory")]
    private partial void LogNotListening(string directory, string problem, string variable);
}
