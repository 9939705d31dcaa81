using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Payload;

/// <summary>What the containers of a payload take from their task.</summary>
internal sealed class PayloadContext(TaskDefinition definition, PayloadRequest request)
{
    private readonly string[] _arn = request.TaskArn.Split(':', 6);

    public string NetworkMode { get; } = definition.NetworkMode ?? "bridge";

    public bool HasExecutionRole { get; } = definition.ExecutionRoleArn is not null;

    public bool AuthenticatesWithEcr { get; } = request.AuthenticatesWithEcr;

    public string LaunchType { get; } = request.LaunchType;

    public string Region => _arn.ElementAtOrDefault(3) ?? "";

    public string AccountId => _arn.ElementAtOrDefault(4) ?? "";

    /// <summary>The last part of the task's ARN.</summary>
    public string TaskId { get; } = request.TaskArn[(request.TaskArn.LastIndexOf('/') + 1)..];
}
