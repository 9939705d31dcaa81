using Ecs.Agent.LocalControlPlane.Acs;
using Ecs.Agent.LocalControlPlane.Api;
using Ecs.Agent.LocalControlPlane.Tcs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ecs.Agent.LocalControlPlane.Web;

/// <summary>
/// What Kestrel serves: one API, two websockets. Routed by hand, since three routes need no host, container or pipeline in memory.
/// </summary>
internal sealed class ControlPlaneApplication : IHttpApplication<HttpContext>
{
    private readonly EcsApiEndpoint _api;
    private readonly AcsEndpoint _acs;
    private readonly TcsEndpoint _tcs;
    private readonly CancellationToken _stopping;
    private readonly WebSocketMiddleware _webSockets;

    public ControlPlaneApplication(
        EcsApiEndpoint api, AcsEndpoint acs, TcsEndpoint tcs, ILoggerFactory loggerFactory, CancellationToken stopping)
    {
        _api = api;
        _acs = acs;
        _tcs = tcs;
        _stopping = stopping;
        _webSockets = new WebSocketMiddleware(RouteAsync, Options.Create(new WebSocketOptions()), loggerFactory);
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) => _webSockets.Invoke(context);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // A context holds nothing beyond the connection's own features.
    }

    private Task RouteAsync(HttpContext context) =>
        LoopbackGuard.Admits(context.Request)
            ? (context.Request.Path.Value, context.WebSockets.IsWebSocketRequest) switch
            {
                ("/acs/ws", true) => _acs.AcceptAsync(context, _stopping),
                ("/tcs/ws", true) => _tcs.AcceptAsync(context, _stopping),
                ("/" or "", false) when HttpMethods.IsPost(context.Request.Method) => _api.AnswerAsync(context),
                _ => Status(context, StatusCodes.Status404NotFound),
            }
            : Status(context, StatusCodes.Status403Forbidden);

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
