using Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>
/// Fargate: what registration refuses once FARGATE is required, what it refuses in the only network mode that Fargate has, and what the
/// documentation rules out besides.
/// </summary>
internal static class FargateTarget
{
    private const int LeastWindowsCpuUnits = 1024;

    public static IEnumerable<TargetFinding> Of(RegisterTaskDefinitionRequest request)
    {
        var rules = new DefinitionRules(request with { RequiresCompatibilities = ["FARGATE"] });
        FargateRules.Check(rules);
        return rules.Problems.Select(problem => new TargetFinding(problem.Path, FindingKind.Refused, problem.Message))
            .Concat(OfNetworkMode(request))
            .Concat(OfPlatform(request))
            .Concat((request.Volumes ?? []).SelectMany(OfVolume))
            .Concat((request.ContainerDefinitions ?? []).SelectMany(OfContainer));
    }

    private static IEnumerable<TargetFinding> OfNetworkMode(RegisterTaskDefinitionRequest request) => request.NetworkMode == "awsvpc"
        ? []
        : TaskDefinitionValidator.Validate(request with { NetworkMode = "awsvpc" })
            .Except(TaskDefinitionValidator.Validate(request))
            .Where(problem => problem.Path != "networkMode")
            .Select(problem => new TargetFinding(problem.Path, FindingKind.Refused, problem.Message));

    private static IEnumerable<TargetFinding> OfPlatform(RegisterTaskDefinitionRequest request)
    {
        if (request.RuntimePlatform?.OperatingSystemFamily is null or "LINUX")
        {
            yield break;
        }

        if (request.RuntimePlatform.CpuArchitecture == "ARM64")
        {
            yield return new TargetFinding("runtimePlatform.cpuArchitecture", FindingKind.Refused, "Windows on Fargate is X86_64 only.");
        }

        if (request.Cpu is { } cpu && TaskSize.CpuUnits(cpu) < LeastWindowsCpuUnits)
        {
            yield return new TargetFinding("cpu", FindingKind.Refused, $"Windows on Fargate needs at least {LeastWindowsCpuUnits} CPU units.");
        }
    }

    private static IEnumerable<TargetFinding> OfVolume(Volume volume, int index) =>
        volume.FsxWindowsFileServerVolumeConfiguration is null ? [] :
        [
            new TargetFinding(JsonPath.Volume(index, "fsxWindowsFileServerVolumeConfiguration"), FindingKind.Refused,
                "Fargate does not support FSx for Windows File Server volumes."),
        ];

    private static IEnumerable<TargetFinding> OfContainer(ContainerDefinition container, int index)
    {
        foreach (var (place, limit) in (container.Ulimits ?? []).Index().Where(entry => entry.Item.Name is not (null or "nofile")))
        {
            yield return new TargetFinding(JsonPath.Element(JsonPath.Container(index, "ulimits"), place), FindingKind.Differs,
                $"Fargate lets only nofile be set: ulimit {limit.Name} stays as it is there.");
        }

        if (container.LogConfiguration is { LogDriver: "awslogs" } log && log.Options?.ContainsKey("awslogs-stream-prefix") != true)
        {
            yield return new TargetFinding(JsonPath.Container(index, "logConfiguration.options"), FindingKind.Refused,
                "On Fargate, log driver awslogs needs the option awslogs-stream-prefix.");
        }
    }
}
