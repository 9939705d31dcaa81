using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Infrastructure.Aws;
using Ecs.Agent.Protocol.EcsApi;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

/// <summary>
/// Asks DiscoverPollEndpoint and keeps the answer for twelve hours, over all reconnects of all channels. When it is out of date and cannot
/// be renewed, it is better than nothing and used again.
/// </summary>
internal sealed partial class PollEndpointCache(
    EcsApiClient api, EcsApiPipelines pipelines, TimeProvider time, ILogger<PollEndpointCache> logger) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan CallBudget = 3 * EcsApiClient.RoundTripTimeout;

    private readonly SemaphoreSlim _lock = new(1, 1);
    private (string InstanceArn, PollEndpoints Endpoints, DateTimeOffset ReadAt)? _entry;

    /// <exception cref="ControlPlaneException">The endpoint cannot be had.</exception>
    public async Task<PollEndpoints> GetAsync(ContainerInstance instance, CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken);
        try
        {
            return _entry is { } entry && entry.InstanceArn == instance.Arn
                ? await RenewAsync(entry.Endpoints, entry.ReadAt, instance, cancellationToken)
                : Keep(instance, await DiscoverAsync(instance, cancellationToken));
        }
        finally
        {
            _lock.Release();
        }
    }

    public void Dispose() => _lock.Dispose();

    private async Task<PollEndpoints> RenewAsync(
        PollEndpoints kept, DateTimeOffset readAt, ContainerInstance instance, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - readAt < Lifetime)
        {
            return kept;
        }

        try
        {
            return Keep(instance, await DiscoverAsync(instance, cancellationToken));
        }
        catch (ControlPlaneException failure)
        {
            LogKeepingOldEndpoint(failure.Message);
            return kept;
        }
    }

    private PollEndpoints Keep(ContainerInstance instance, PollEndpoints endpoints)
    {
        _entry = (instance.Arn, endpoints, time.GetUtcNow());
        return endpoints;
    }

    private async Task<PollEndpoints> DiscoverAsync(ContainerInstance instance, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(CallBudget, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget.Token);
        try
        {
            var request = new DiscoverPollEndpointRequest { Cluster = instance.Cluster, ContainerInstance = instance.Arn, ZoneId = "" };
            var response = await api.CallAsync(EcsOperations.DiscoverPollEndpoint, request, pipelines.Standard, limit.Token);
            return new PollEndpoints(
                Parse(response.Endpoint) ?? throw Unusable("no endpoint returned; nil"),
                Parse(response.TelemetryEndpoint));
        }
        catch (AwsCallException error)
        {
            throw new ControlPlaneException(error.Code, error.Text, ControlPlaneFailureKind.Temporary, error);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ControlPlaneException(
                AwsErrors.RequestTimeout, "DiscoverPollEndpoint: no answer in time", ControlPlaneFailureKind.Temporary, late);
        }
    }

    private static Uri? Parse(string? endpoint)
    {
        if (string.IsNullOrEmpty(endpoint))
        {
            return null;
        }

        return Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri
            : throw Unusable($"the endpoint '{endpoint}' is neither an http:// nor an https:// URL");
    }

    private static ControlPlaneException Unusable(string problem) =>
        new("DiscoverPollEndpoint", problem, ControlPlaneFailureKind.Temporary);

    [LoggerMessage(LogLevel.Warning, "the poll endpoint is out of date and cannot be renewed; using it further: {Failure}")]
    private partial void LogKeepingOldEndpoint(string failure);
}
