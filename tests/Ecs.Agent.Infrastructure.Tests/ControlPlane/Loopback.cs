using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane;

/// <summary>
/// A scripted server on loopback. HTTP requests are recorded and answered in turn from a script; websocket upgrades become
/// <see cref="ServerSocket"/>s for the test to drive, or are refused as scripted.
/// </summary>
internal sealed class Loopback : IAsyncDisposable
{
    /// <summary>How long a test waits for something that should happen at once, in real time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly Channel<ScriptedAnswer> _answers = Channel.CreateUnbounded<ScriptedAnswer>();
    private readonly Channel<ScriptedAnswer> _refusals = Channel.CreateUnbounded<ScriptedAnswer>();
    private readonly Channel<ServerSocket> _sockets = Channel.CreateUnbounded<ServerSocket>();
    private readonly List<RecordedRequest> _requests = [];
    private readonly ConcurrentBag<ServerSocket> _served = [];

    private Loopback(WebApplication app) => _app = app;

    public Uri Endpoint => new(_app.Urls.First());

    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static async Task<Loopback> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var loopback = new Loopback(app);
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.Run(loopback.ServeAsync);
        await app.StartAsync();
        return loopback;
    }

    /// <summary>Scripts the answer to the next HTTP request that has none yet.</summary>
    public Loopback Answer(int status, string body, string? errorType = null)
    {
        _answers.Writer.TryWrite(new ScriptedAnswer(status, body, errorType));
        return this;
    }

    /// <summary>Scripts that the next request's connection is cut without an answer.</summary>
    public Loopback Cut() => Answer(0, "");

    /// <summary>Scripts that the next upgrade is refused.</summary>
    public Loopback Refuse(int status, string body)
    {
        _refusals.Writer.TryWrite(new ScriptedAnswer(status, body, null));
        return this;
    }

    public async Task<ServerSocket> AcceptAsync()
    {
        using var guard = new CancellationTokenSource(Patience);
        return await _sockets.Reader.ReadAsync(guard.Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _served)
        {
            socket.Drop();
        }

        using var now = new CancellationTokenSource(0);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        await RecordAsync(context.Request);
        if (!context.WebSockets.IsWebSocketRequest)
        {
            var found = _answers.Reader.TryRead(out var answer);
            await AnswerAsync(context, found ? answer! : new ScriptedAnswer(418, """{"__type":"Unscripted"}""", null));
        }
        else if (_refusals.Reader.TryRead(out var refusal))
        {
            await AnswerAsync(context, refusal);
        }
        else
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var served = new ServerSocket(socket, context);
            _served.Add(served);
            _sockets.Writer.TryWrite(served);
            await served.Done;
        }
    }

    private async Task RecordAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        lock (_requests)
        {
            _requests.Add(new RecordedRequest(
                request.Method,
                request.Path + request.QueryString.Value,
                request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body));
        }
    }

    private static async Task AnswerAsync(HttpContext context, ScriptedAnswer answer)
    {
        if (answer.Status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        if (answer.ErrorType is not null)
        {
            context.Response.Headers["X-Amzn-ErrorType"] = answer.ErrorType;
        }

        await context.Response.WriteAsync(answer.Body);
    }

    private sealed record ScriptedAnswer(int Status, string Body, string? ErrorType);
}
