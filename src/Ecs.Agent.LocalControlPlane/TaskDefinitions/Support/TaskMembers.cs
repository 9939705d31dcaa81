using System.Collections.Immutable;
using static Ecs.Agent.LocalControlPlane.TaskDefinitions.Support.SupportRows;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Support;

/// <summary>The members of the definition itself.</summary>
internal static class TaskMembers
{
    public static readonly ImmutableArray<MemberSupport> Rows =
    [
        Honoured("family", "`family`: label `com.amazonaws.ecs.task-definition-family`, names of containers and volumes"),
        .. Refused("`roleCredentials: this agent does not serve task role credentials to containers`",
            "left out: the role is not assumed, containers get no credentials", "taskRoleArn"),
        Honoured("executionRoleArn",
            "`executionRoleCredentials`: ECR, secrets, environment files, registry passwords; `logsAuthStrategy` for `awslogs`",
            "the role is not assumed"),
        Honoured("networkMode",
            "`networkMode` and `HostConfig.NetworkMode` for `bridge`, `host` and `none`; `awsvpc` is refused:"
            + " `networkMode: this agent does not support awsvpc`",
            "`awsvpc` becomes `bridge` with the container ports published"),
        Honoured("containerDefinitions", "`containers[]`: one Docker container each"),
        Honoured("volumes", "`volumes[]`, see below"),
        Honoured("placementConstraints", "the control plane's: which instances are asked"),
        Honoured("placementConstraints[].type", "the control plane's: `memberOf`"),
        Honoured("placementConstraints[].expression", "the control plane's: compared with the attributes that this agent registers"),
        Honoured("requiresCompatibilities", "the control plane's: checked when the definition is registered"),
        Honoured("cpu", "`cpu` in vCPU: CPU quota of the task's cgroup; what the task takes of the instance"),
        Honoured("memory", "`memory` in MiB: memory limit of the task's cgroup; what the task takes of the instance"),
        Elsewhere("tags", "kept with the revision by the control plane; agents do not see them"),
        Elsewhere("tags[].key", "as `tags`"),
        Elsewhere("tags[].value", "as `tags`"),
        Honoured("pidMode", "`pidMode`: `HostConfig.PidMode` `host`, or `container:` of the namespace pause container for `task`"),
        Honoured("ipcMode", "`ipcMode`: `HostConfig.IpcMode` `host`, `none`, or `container:` of the namespace pause container for `task`"),
        .. Refused("`proxyConfiguration: this agent does not support App Mesh proxies`", "left out: traffic is not redirected",
            "proxyConfiguration", "proxyConfiguration.type", "proxyConfiguration.containerName", "proxyConfiguration.properties",
            "proxyConfiguration.properties[].name", "proxyConfiguration.properties[].value"),
        Elsewhere("inferenceAccelerators", "AWS has withdrawn Elastic Inference", "left out: no accelerator is attached"),
        Elsewhere("inferenceAccelerators[].deviceName", "as `inferenceAccelerators`", "left out"),
        Elsewhere("inferenceAccelerators[].deviceType", "as `inferenceAccelerators`", "left out"),
        Elsewhere("ephemeralStorage", "Fargate's own disk; on an instance, containers share the disk of the machine",
            "the size is not enforced"),
        Elsewhere("ephemeralStorage.sizeInGiB", "as `ephemeralStorage`", "the size is not enforced"),
        Honoured("runtimePlatform", "the control plane's: matched with the attributes of the instance"),
        Honoured("runtimePlatform.cpuArchitecture", "attribute `ecs.cpu-architecture`"),
        Honoured("runtimePlatform.operatingSystemFamily", "attribute `ecs.os-family`: `LINUX`",
            "a Windows family is refused: `needs a Windows instance; this one runs Linux containers.`"),
        .. Refused("`enableFaultInjection: this agent does not support fault injection`", "left out", "enableFaultInjection"),
    ];
}
