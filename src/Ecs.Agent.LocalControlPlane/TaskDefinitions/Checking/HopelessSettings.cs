using Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>What ECS registers although no task of it can ever work.</summary>
internal static class HopelessSettings
{
    private const int Succeeded = 0;

    public static IEnumerable<DefinitionProblem> Of(RegisterTaskDefinitionRequest request)
    {
        var rules = new DefinitionRules(request);
        return [.. SharedPorts(rules), .. rules.Containers.SelectMany((container, index) =>
            Waits(rules, container, index).Concat(DoubleMounts(container, index)))];
    }

    // On the host's network, and on a task's, containers listen on the same addresses. Ports that both name as hostPort are refused already.
    private static IEnumerable<DefinitionProblem> SharedPorts(DefinitionRules rules)
    {
        if (rules.NetworkMode is not ("host" or "awsvpc"))
        {
            yield break;
        }

        var users = new Dictionary<(int Port, string Protocol), string>();
        foreach (var (index, container) in rules.Containers.Index())
        {
            foreach (var (place, mapping) in (container.PortMappings ?? []).Index())
            {
                var path = JsonPath.Element(JsonPath.Container(index, "portMappings"), place);
                if (mapping.ContainerPort is { } port && !users.TryAdd((port, mapping.Protocol ?? "tcp"), path) && mapping.HostPort is null or 0)
                {
                    yield return new DefinitionProblem(JsonPath.Member(path, "containerPort"),
                        $"Port {port}/{mapping.Protocol ?? "tcp"} is already that of {users[(port, mapping.Protocol ?? "tcp")]}: when"
                        + $" networkMode={rules.NetworkMode}, the containers of a task listen on the same addresses.");
                }
            }
        }
    }

    private static IEnumerable<DefinitionProblem> Waits(DefinitionRules rules, ContainerDefinition container, int index)
    {
        foreach (var (place, dependency) in (container.DependsOn ?? []).Index())
        {
            if (dependency.Condition is "SUCCESS" or "COMPLETE" && rules.Container(dependency.ContainerName) is { Essential: false } target
                && target.RestartPolicy is { Enabled: true } policy && policy.IgnoredExitCodes?.Contains(Succeeded) != true)
            {
                yield return new DefinitionProblem(
                    JsonPath.Member(JsonPath.Element(JsonPath.Container(index, "dependsOn"), place), "condition"),
                    $"Never {dependency.Condition}: the restartPolicy of '{target.Name}' starts it again whenever it ends;"
                    + " ignoredExitCodes with 0 would let it end.");
            }
        }
    }

    private static IEnumerable<DefinitionProblem> DoubleMounts(ContainerDefinition container, int index)
    {
        var mounted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (place, mount) in (container.MountPoints ?? []).Index())
        {
            if (mount.ContainerPath is { } path && !mounted.Add(path.TrimEnd('/')))
            {
                yield return new DefinitionProblem(
                    JsonPath.Member(JsonPath.Element(JsonPath.Container(index, "mountPoints"), place), "containerPath"),
                    $"Something is mounted at {path} of '{container.Name}' already: Docker refuses a duplicate mount point.");
            }
        }
    }
}
