using Docker.DotNet;
using Docker.DotNet.Handler.Abstractions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>
/// Docker.DotNet, for every call that is not on the way of each container: on the connections of <see cref="DockerHttp"/>, in the API
/// version negotiated there, and with the same failures. The client is made at the first call, and anew when the version changes.
/// </summary>
internal sealed class DockerApi(DockerHttp http)
{
    private volatile DockerClient? _client;

    /// <summary>Whether the client has been needed so far.</summary>
    public bool IsInUse => _client is not null;

    /// <summary>Calls Docker; a failure becomes a <see cref="DockerException"/>.</summary>
    public async Task<T> CallAsync<T>(Func<IDockerClient, Task<T>> call, CancellationToken cancellationToken)
    {
        var client = Speaking(await http.VersionAsync(cancellationToken));
        return await TranslateAsync(call(client), cancellationToken);
    }

    /// <inheritdoc cref="CallAsync{T}"/>
    public Task CallAsync(Func<IDockerClient, Task> call, CancellationToken cancellationToken) => CallAsync(
        async client =>
        {
            await call(client);
            return true;
        },
        cancellationToken);

    /// <summary>Reads on in an output that a call has opened.</summary>
    public Task<MultiplexedStream.ReadResult> ReadAsync(MultiplexedStream output, byte[] chunk, CancellationToken cancellationToken) =>
        TranslateAsync(output.ReadOutputAsync(chunk, 0, chunk.Length, cancellationToken), cancellationToken);

    private async Task<T> TranslateAsync<T>(Task<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call;
        }
        catch (Exception e) when (DockerFailures.Covers(e))
        {
            throw http.Translate(e, cancellationToken);
        }
    }

    // Two first calls at once may make two clients; each is a shell around the same connections, which it does not own.
    private DockerClient Speaking(Version version)
    {
        if (_client is { } known && known.Options.ApiVersion == version)
        {
            return known;
        }

        // The limits are those of DockerOperation. Given explicitly, the options are not searched for in the user's Docker contexts.
        var options = new ClientOptions
        {
            Endpoint = new Uri(http.Authority),
            ApiVersion = version,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        return _client = new DockerClientBuilder<DockerHttp>(
            new SharedTransport(http), http, DockerConfig.Instance, options, NullLogger.Instance).Build();
    }
}
