using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Infrastructure.Aws;
using Ecs.Agent.Protocol.EcsApi;
using Microsoft.Extensions.Logging;
using Polly;

namespace Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

/// <summary>The control plane over the ECS API. Every failure is translated here, once.</summary>
internal sealed partial class EcsControlPlane(
    EcsApiClient api,
    EcsApiPipelines pipelines,
    AgentOptions options,
    AgentIdentity self,
    IInstanceMetadata metadata,
    InstanceCredentials credentials,
    ILogger<EcsControlPlane> logger) : IControlPlane
{
    private const string DefaultCluster = "default";

    /// <remarks>
    /// Has repeated by the time it throws whatever is worth repeating: a <see cref="ControlPlaneFailureKind.Terminal"/> failure ends the
    /// process with exit code 5, any other with 1.
    /// </remarks>
    public async Task<ContainerInstance> RegisterAsync(ContainerInstanceRegistration registration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registration);
        try
        {
            return await RegisterOrCreateClusterAsync(registration, cancellationToken);
        }
        catch (AwsCallException error)
        {
            throw new ControlPlaneException(error.Code, error.Text, KindOfRegistration(error, registration), error);
        }
        catch (InstanceMetadataUnavailableException unavailable)
        {
            throw new ControlPlaneException(
                "InstanceMetadataUnavailable", unavailable.Message, ControlPlaneFailureKind.Temporary, unavailable);
        }
    }

    public async Task SubmitAsync(TaskStateReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        try
        {
            await api.CallAsync(
                EcsOperations.SubmitTaskStateChange, TaskStateChanges.Of(report, self.Cluster), pipelines.Submission, cancellationToken);
        }
        catch (AwsCallException error)
        {
            var kind = AwsErrors.Is(error, "InvalidParameterException")
                ? ControlPlaneFailureKind.Refused
                : ControlPlaneFailureKind.Temporary;
            throw new ControlPlaneException(error.Code, error.Text, kind, error);
        }
    }

    private async Task<ContainerInstance> RegisterOrCreateClusterAsync(
        ContainerInstanceRegistration registration, CancellationToken cancellationToken)
    {
        var configured = registration.Cluster.Length > 0;
        var pipeline = pipelines.Registration();
        try
        {
            return await RegisterWithAsync(registration, configured ? registration.Cluster : DefaultCluster, pipeline, cancellationToken);
        }
        catch (AwsCallException error) when (!configured && IsClusterMissing(error))
        {
            var cluster = await CreateDefaultClusterAsync(cancellationToken);
            return await RegisterWithAsync(registration, cluster, pipeline, cancellationToken);
        }
    }

    private async Task<ContainerInstance> RegisterWithAsync(
        ContainerInstanceRegistration registration, string cluster, ResiliencePipeline pipeline, CancellationToken cancellationToken)
    {
        var identity = await FindIdentityAsync(cancellationToken);
        var response = await api.CallAsync(
            EcsOperations.RegisterContainerInstance,
            InstanceRegistrations.Of(registration, cluster, identity),
            pipeline,
            cancellationToken);
        if (response.ContainerInstance is not { ContainerInstanceArn: { Length: > 0 } arn } instance)
        {
            throw new AwsCallException(
                AwsErrors.SerializationError, "RegisterContainerInstance: the answer names no container instance", null);
        }

        var missing = InstanceRegistrations.AttributesNotEchoed(registration, instance.Attributes);
        if (!missing.IsEmpty)
        {
            throw new ControlPlaneException(
                "AttributeError", $"Attribute validation failed: {string.Join(", ", missing)}", ControlPlaneFailureKind.Terminal);
        }

        return new ContainerInstance(arn, cluster, InstanceRegistrations.AvailabilityZone(instance.Attributes));
    }

    private async Task<string> CreateDefaultClusterAsync(CancellationToken cancellationToken)
    {
        LogCreatingCluster(DefaultCluster);
        var response = await api.CallAsync(
            EcsOperations.CreateCluster, new CreateClusterRequest { ClusterName = DefaultCluster }, pipelines.Standard, cancellationToken);
        return response.Cluster?.ClusterName is { Length: > 0 } name
            ? name
            : throw new AwsCallException(AwsErrors.SerializationError, "CreateCluster: the answer names no cluster", null);
    }

    /// <summary>Asked for anew by each registration; nothing is asked of a machine outside EC2.</summary>
    private async Task<InstanceIdentity> FindIdentityAsync(CancellationToken cancellationToken)
    {
        if (options.External)
        {
            return InstanceIdentity.None;
        }

        // Tells a machine that is not on EC2 within seconds, and in words, instead of registering it without an identity.
        await metadata.GetInstanceIdAsync(cancellationToken);
        var identity = await metadata.GetIdentityAsync(cancellationToken);
        if (identity.Document.Length == 0)
        {
            LogNoIdentity();
            credentials.Invalidate();
        }

        return identity;
    }

    private static bool IsClusterMissing(AwsCallException error) =>
        error.Text.Contains("Cluster not found.", StringComparison.Ordinal) || AwsErrors.Is(error, "ClusterNotFoundException");

    private static ControlPlaneFailureKind KindOfRegistration(AwsCallException error, ContainerInstanceRegistration registration)
    {
        var isInvalid = AwsErrors.Is(error, "InvalidParameterException") || AwsErrors.Is(error, "ClientException");
        var isOtherMachine = registration.ContainerInstanceArn is not null
            && error.Text.Contains("Container instance type changes are not supported.", StringComparison.Ordinal);
        return isInvalid || isOtherMachine ? ControlPlaneFailureKind.Terminal : ControlPlaneFailureKind.Temporary;
    }

    [LoggerMessage(LogLevel.Information, "the cluster {Cluster} does not exist yet: creating it")]
    private partial void LogCreatingCluster(string cluster);

    [LoggerMessage(LogLevel.Warning, "the instance identity document could not be read; registering without it")]
    private partial void LogNoIdentity();
}
