using System.Text;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Simulation.Tests.Scenarios;

/// <summary>A scenario for people.</summary>
internal static class ScenarioText
{
    public static string Of(Scenario scenario)
    {
        var text = new StringBuilder();
        text.AppendLine(
            $"launches {scenario.ConcurrentLaunches}, pull {scenario.PullBehavior}, upfront {scenario.PullUpfront}, pulls {scenario.ConcurrentPulls}, {scenario.Chance}");
        text.AppendLine($"{scenario.Host}");
        foreach (var task in scenario.Tasks)
        {
            var definition = task.Definition;
            text.AppendLine(
                $"task {definition.Id} {definition.LaunchType} vCPU {definition.VCpu}, arrives {task.ArrivesAt}, stop {task.StopAt}");
            foreach (var (container, script) in definition.Containers.Zip(task.Containers))
            {
                text.AppendLine($"  {Show(container)}");
                text.AppendLine($"    {script}");
            }
        }

        foreach (var disturbance in scenario.Disturbances)
        {
            text.AppendLine($"{disturbance}");
        }

        return text.ToString();
    }

    private static string Show(ContainerDefinition container)
    {
        var edges = string.Join(", ", container.DependsOn.Select(edge => $"{edge.ContainerName} {edge.Condition}"));
        var ports = string.Join(',', container.PortMappings.Select(p => p.HostPort));
        var mounts = string.Join(',', container.MountPoints.Select(m => m.SourceVolume));
        return $"{container.Name} {(container.Essential ? "essential " : "")}{container.Image} [{edges}] cpu {container.Cpu}"
            + $" memory {container.MemoryMiB} gpus {string.Join(',', container.GpuIds)} ports {ports} mounts {mounts} start {container.StartTimeout} stop {container.StopTimeout}"
            + $" health {container.HasHealthCheck} {container.RestartPolicy}";
    }
}
