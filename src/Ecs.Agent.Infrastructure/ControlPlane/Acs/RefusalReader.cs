using System.Net;
using System.Text;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>
/// Keeps the beginning of the body with which a websocket upgrade was refused; the websocket client itself throws it away.
/// </summary>
internal sealed class RefusalReader(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int MaximumBytes = 1024;

    /// <summary>What the refusing answer said, or null when there was none.</summary>
    public string? Body { get; private set; }

    public HttpStatusCode? Status { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.SwitchingProtocols)
        {
            Status = response.StatusCode;
            Body = await ReadAsync(response, cancellationToken);
        }

        return response;
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaximumBytes];
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }
}
