using Docker.DotNet.Handler.Abstractions;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>Lets Docker.DotNet send over the connections of <see cref="DockerHttp"/> instead of opening its own.</summary>
internal sealed class SharedTransport(DockerHttp http) : IDockerHandlerFactory<DockerHttp>
{
    public ResolvedTransport CreateHandler(DockerHttp transportOptions, ResolvedClientOptions clientOptions, ILogger logger) =>
        new(transportOptions.Connections, clientOptions.Endpoint);

    public ResolvedTransport CreateHandler(ResolvedClientOptions clientOptions, ILogger logger) =>
        CreateHandler(http, clientOptions, logger);

    /// <summary>Attach and exec take a connection over as it is, which pooled HTTP connections do not allow.</summary>
    public Task<WriteClosableStream> HijackStreamAsync(HttpContent content) =>
        throw new InvalidOperationException("A shared HTTP connection cannot be taken over for attach or exec.");
}
