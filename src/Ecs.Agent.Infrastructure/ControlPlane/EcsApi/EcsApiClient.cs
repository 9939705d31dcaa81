using System.Text.Json;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Infrastructure.Aws;
using Polly;

namespace Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

/// <summary>Calls the ECS API as the container instance. Throws <see cref="AwsCallException"/>.</summary>
internal sealed class EcsApiClient : IDisposable
{
    /// <summary>Of one round trip with its body: dialling, the TLS handshake, and two seconds more.</summary>
    internal static readonly TimeSpan RoundTripTimeout = TimeSpan.FromSeconds(42);

    private readonly AwsJsonClient _client;
    private readonly InstanceCredentials _credentials;
    private readonly AwsJsonTarget _target;

    public EcsApiClient(HttpClient http, AgentOptions options, AgentBuild build, InstanceCredentials credentials, TimeProvider time)
    {
        _client = new AwsJsonClient(http, build.UserAgent(options.DetailedOsFamily), time);
        _credentials = credentials;
        _target = new AwsJsonTarget(
            EcsApiEndpoint.Of(options), options.Region, "ecs", "AmazonEC2ContainerServiceV20141113.", RoundTripTimeout);
    }

    public static HttpClient NewHttpClient() => AwsJsonClient.NewHttpClient(TimeSpan.FromSeconds(30));

    /// <summary>Sends the call, again and again as the pipeline says, always with the same body.</summary>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        AwsOperation<TRequest, TResponse> operation, TRequest request, ResiliencePipeline pipeline, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, operation.Request);
        return await pipeline.ExecuteAsync(
            async token =>
            {
                var credentials = await _credentials.GetAsync(token)
                    ?? throw new AwsCallException(AwsErrors.NoCredentials, "no AWS credentials found to sign with", null);
                return await _client.CallAsync(_target, operation, body, credentials, token);
            },
            cancellationToken);
    }

    public void Dispose() => _client.Dispose();
}
