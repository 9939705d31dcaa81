using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Simulation.Tests.Scenarios;

/// <summary>
/// Makes a failing scenario smaller: takes away one thing after the other for as long as it goes on failing. What is drawn by chance
/// depends on nothing but what it is drawn for, so that the rest plays on as before.
/// </summary>
internal static class Shrinker
{
    /// <param name="scenario">A scenario that breaks a law.</param>
    /// <param name="law">Which; a smaller scenario must break one of the same wording, names and numbers aside.</param>
    /// <param name="playing">Called before each play.</param>
    public static async Task<Scenario> ShrinkAsync(Scenario scenario, string law, Action playing)
    {
        var wanted = Wording(law);
        for (var smaller = scenario; smaller is not null;)
        {
            scenario = smaller;
            smaller = null;
            foreach (var candidate in Smaller(scenario))
            {
                playing();
                var (broken, _) = await Simulation.RunAsync(candidate).ConfigureAwait(false);
                if (broken is not null && Wording(broken) == wanted)
                {
                    smaller = candidate;
                    break;
                }
            }
        }

        return scenario;
    }

    /// <summary>Everything that has one thing less, the biggest things first.</summary>
    private static IEnumerable<Scenario> Smaller(Scenario scenario)
    {
        for (var i = 0; i < scenario.Tasks.Length && scenario.Tasks.Length > 1; i++)
        {
            yield return scenario with { Tasks = scenario.Tasks.RemoveAt(i) };
        }

        for (var i = 0; i < scenario.Disturbances.Length; i++)
        {
            yield return scenario with { Disturbances = scenario.Disturbances.RemoveAt(i) };
        }

        for (var i = 0; i < scenario.Disturbances.Length; i++)
        {
            // The fewer tasks there are, the earlier comes the call that the kill goes with.
            if (scenario.Disturbances[i] is Disturbance.AgentKilled { AtCall: > 1 } kill)
            {
                yield return scenario with { Disturbances = scenario.Disturbances.SetItem(i, kill with { AtCall = kill.AtCall / 2 }) };
                yield return scenario with { Disturbances = scenario.Disturbances.SetItem(i, kill with { AtCall = kill.AtCall - 1 }) };
            }
        }

        foreach (var host in Smaller(scenario.Host))
        {
            yield return scenario with { Host = host };
        }

        for (var i = 0; i < scenario.Tasks.Length; i++)
        {
            foreach (var task in Smaller(scenario.Tasks[i]))
            {
                yield return scenario with { Tasks = scenario.Tasks.SetItem(i, task) };
            }
        }
    }

    private static IEnumerable<HostScript> Smaller(HostScript host)
    {
        if (host.CleanUpEvery is not null)
        {
            yield return host with { CleanUpEvery = null };
        }

        if (host.MinFree is not null)
        {
            yield return host with { MinFree = null };
        }

        if (host.OldImages > 0)
        {
            yield return host with { OldImages = host.OldImages - 1 };
        }

        if (host.ForeignImages > 0)
        {
            yield return host with { ForeignImages = host.ForeignImages - 1 };
        }

        if (host.MostStopped is not null)
        {
            yield return host with { MostStopped = null, CleanUpWait = TimeSpan.FromMinutes(1) };
        }
    }

    private static IEnumerable<TaskScript> Smaller(TaskScript task)
    {
        var definition = task.Definition;
        for (var i = 0; i < definition.Containers.Length && definition.Containers.Length > 1; i++)
        {
            var name = definition.Containers[i].Name;
            yield return task with
            {
                Containers = task.Containers.RemoveAt(i),
                Definition = definition with
                {
                    Containers =
                    [
                        .. definition.Containers.RemoveAt(i).Select(
                            c => c with { DependsOn = [.. c.DependsOn.Where(e => e.ContainerName != name)] }),
                    ],
                },
            };
        }

        if (task.StopAt is not null)
        {
            yield return task with { StopAt = null };
        }

        if (definition.VCpu > 0)
        {
            yield return task with { Definition = definition with { VCpu = 0 } };
        }

        for (var i = 0; i < definition.Containers.Length; i++)
        {
            foreach (var container in Smaller(definition.Containers[i]))
            {
                yield return task with { Definition = definition with { Containers = definition.Containers.SetItem(i, container) } };
            }
        }
    }

    private static IEnumerable<ContainerDefinition> Smaller(ContainerDefinition container)
    {
        for (var i = 0; i < container.DependsOn.Length; i++)
        {
            yield return container with { DependsOn = container.DependsOn.RemoveAt(i) };
        }

        if (!container.MountPoints.IsEmpty)
        {
            yield return container with { MountPoints = [] };
        }

        if (!container.PortMappings.IsEmpty)
        {
            yield return container with { PortMappings = [] };
        }

        if (container.Cpu + container.MemoryMiB > 0)
        {
            yield return container with { Cpu = 0, MemoryMiB = 0 };
        }

        if (container.RestartPolicy is not null)
        {
            yield return container with { RestartPolicy = null };
        }

        if (container.StopTimeout + container.StartTimeout > TimeSpan.Zero)
        {
            yield return container with { StopTimeout = TimeSpan.Zero, StartTimeout = TimeSpan.Zero };
        }
    }

    /// <summary>Without what names the task or container.</summary>
    private static string Wording(string law) => string.Join(' ', law.Split(' ').Where(word => !word.Any(char.IsAsciiDigit)));
}
