using System.Net;
using Microsoft.AspNetCore.Http;

namespace Ecs.Agent.LocalControlPlane.Web;

/// <summary>
/// Keeps web pages out. Whoever may call here can start containers, and a browser on this machine can be told to call loopback addresses:
/// it then names the page's origin, or (after a DNS trick) a host name that is not loopback. Agents, the CLI and SDKs do neither.
/// </summary>
internal static class LoopbackGuard
{
    public static bool Admits(HttpRequest request) => !request.Headers.ContainsKey("Origin") && IsLoopback(request.Host.Host);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
