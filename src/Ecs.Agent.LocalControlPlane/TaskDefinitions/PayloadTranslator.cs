using Ecs.Agent.LocalControlPlane.TaskDefinitions.Payload;
using Ecs.Agent.Protocol.Acs;
using TaskOverride = Ecs.Agent.Protocol.EcsApi.TaskOverride;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>
/// Translates a task definition into the task of an ACS payload as the ECS backend does: what the agent must act on becomes members of
/// the wire, everything else becomes Docker JSON in <c>dockerConfig</c>. Overrides are merged, save the command, which travels apart.
/// </summary>
public static class PayloadTranslator
{
    private const string ServiceGroup = "service:";

    /// <summary>The task to send with desired status <c>RUNNING</c>. Credentials are the caller's to add.</summary>
    /// <exception cref="ArgumentException">There are not as many container ARNs as containers.</exception>
    public static AcsTask Translate(PayloadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var definition = OverrideMerge.Apply(request.Definition, request.Overrides);
        var containers = definition.ContainerDefinitions ?? [];
        if (request.ContainerArns.Length != containers.Count)
        {
            throw new ArgumentException($"{containers.Count} containers need as many ARNs, not {request.ContainerArns.Length}.",
                nameof(request));
        }

        var context = new PayloadContext(definition, request);
        return new AcsTask
        {
            Arn = request.TaskArn,
            TaskClusterArn = request.ClusterArn,
            TaskDefinitionAccountId = context.AccountId,
            Family = definition.Family,
            Version = $"{definition.Revision}",
            DesiredStatus = "RUNNING",
            LaunchType = request.LaunchType,
            Group = request.Group,
            ServiceName = ServiceName(request.Group),
            NetworkMode = context.NetworkMode,
            Cpu = definition.Cpu is { } cpu && TaskSize.CpuUnits(cpu) is { } units ? (double)units / TaskSize.CpuUnitsPerVCpu : null,
            Memory = definition.Memory is { } memory ? TaskSize.MemoryMiB(memory) : null,
            PidMode = definition.PidMode,
            IpcMode = definition.IpcMode,
            EnableFaultInjection = definition.EnableFaultInjection,
            ProxyConfiguration = Proxy(definition.ProxyConfiguration),
            Associations = request.Gpus
                .Select(gpu => new Association { Type = "gpu", Name = gpu.Id, Containers = [gpu.Container] }).OrAbsent(),
            Overrides = "{}",
            Volumes = [.. (definition.Volumes ?? []).Select(VolumeTranslation.Of)],
            Attachments = (definition.Volumes ?? []).Select(VolumeTranslation.S3FilesAttachment).OfType<Attachment>().OrAbsent(),
            Containers = [.. containers.Select((container, index) =>
                ContainerTranslation.Of(container, context, request.ContainerArns[index],
                    CommandOverride(request.Overrides, container.Name)))],
        };
    }

    private static string? ServiceName(string? group) =>
        group?.StartsWith(ServiceGroup, StringComparison.Ordinal) == true ? group[ServiceGroup.Length..] : null;

    private static IReadOnlyList<string>? CommandOverride(TaskOverride? overrides, string? container) =>
        OverrideMerge.Of(overrides, container)?.Command;

    private static ProxyConfiguration? Proxy(Protocol.EcsApi.ProxyConfiguration? proxy) => proxy is null ? null : new ProxyConfiguration
    {
        Type = proxy.Type ?? "APPMESH",
        ContainerName = proxy.ContainerName,
        Properties = NameValues.ToMap(proxy.Properties),
    };
}
