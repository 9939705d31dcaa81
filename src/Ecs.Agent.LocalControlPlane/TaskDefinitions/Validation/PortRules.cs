using System.Text.RegularExpressions;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>Port mappings, alone and against those of the whole task.</summary>
internal static partial class PortRules
{
    private const int MostPort = 65535;
    private const int LongestRange = 100;
    private const int MostMappings = 100;

    public static void Check(ContainerRules rules)
    {
        var mappings = rules.Container.PortMappings ?? [];
        if (mappings.Count > MostMappings)
        {
            rules.Add("portMappings", $"Found {mappings.Count} port mappings, at most {MostMappings} are allowed.");
        }

        if (mappings.Count > 0 && rules.Definition.NetworkMode == "none")
        {
            rules.Add("portMappings", "Port mappings are not supported when networkMode=none.");
        }

        foreach (var (index, mapping) in mappings.Index())
        {
            CheckContainerPort(rules, mapping, index);
            CheckHostPort(rules, mapping, index);
            CheckName(rules, mapping, index);
        }
    }

    private static void CheckContainerPort(ContainerRules rules, PortMapping mapping, int index)
    {
        var path = rules.Path("portMappings", index, "containerPort");
        switch (mapping)
        {
            case { ContainerPort: not null, ContainerPortRange: not null }:
                rules.Definition.Add(rules.Path("portMappings", index), "containerPort and containerPortRange cannot be used together.");
                break;
            case { ContainerPort: null, ContainerPortRange: null }:
                rules.Definition.Add(path, "One of containerPort and containerPortRange must be specified.");
                break;
            case { ContainerPortRange: { } range }:
                CheckRange(rules, mapping, range, index);
                break;
            default:
                rules.Definition.Range(path, mapping.ContainerPort, 1, MostPort);
                break;
        }
    }

    private static void CheckRange(ContainerRules rules, PortMapping mapping, string text, int index)
    {
        var path = rules.Path("portMappings", index, "containerPortRange");
        if (PortRange.Parse(text) is not { } range || range.First < 1 || range.Last > MostPort || range.Count < 1)
        {
            rules.Definition.Add(path,
                $"Invalid container port range '{text}': must be two ports between 1 and {MostPort}, the lower first: 8000-8010.");
        }
        else if (range.Count > LongestRange)
        {
            rules.Definition.Add(path, $"Container port range '{text}' has {range.Count} ports, at most {LongestRange} are allowed.");
        }

        if (mapping.HostPort is > 0)
        {
            rules.Definition.Add(rules.Path("portMappings", index, "hostPort"),
                "hostPort cannot be specified together with containerPortRange.");
        }

        if (rules.Definition.NetworkMode is not ("bridge" or "awsvpc"))
        {
            rules.Definition.Add(path, $"containerPortRange is not supported when networkMode={rules.Definition.NetworkMode}.");
        }
    }

    private static void CheckHostPort(ContainerRules rules, PortMapping mapping, int index)
    {
        var path = rules.Path("portMappings", index, "hostPort");
        rules.Definition.Range(path, mapping.HostPort, 0, MostPort);
        if (mapping.HostPort is not (> 0 and <= MostPort))
        {
            return;
        }

        if (rules.Definition.NetworkMode is "awsvpc" or "host" && mapping.ContainerPort is { } port && port != mapping.HostPort)
        {
            rules.Definition.Add(path,
                $"When networkMode={rules.Definition.NetworkMode}, the host ports and container ports in port mappings must match."
                + $" Found hostPort {mapping.HostPort} and containerPort {port}.");
        }

        if (FirstUse(rules.Definition, mapping) is var (container, first) && (container, first) != (rules.Index, index))
        {
            rules.Definition.Add(path, $"Host port {mapping.HostPort}/{Protocol(mapping)} is already mapped by "
                + $"{JsonPath.Element(JsonPath.Container(container, "portMappings"), first)}.");
        }
    }

    private static (int Container, int Mapping)? FirstUse(DefinitionRules rules, PortMapping wanted)
    {
        foreach (var (container, definition) in rules.Containers.Index())
        {
            foreach (var (index, mapping) in (definition.PortMappings ?? []).Index())
            {
                if (mapping.HostPort == wanted.HostPort && Protocol(mapping) == Protocol(wanted))
                {
                    return (container, index);
                }
            }
        }

        return null;
    }

    private static void CheckName(ContainerRules rules, PortMapping mapping, int index)
    {
        if (mapping.Name is not { } name)
        {
            return;
        }

        var path = rules.Path("portMappings", index, "name");
        if (!PortName().IsMatch(name))
        {
            rules.Definition.Add(path, $"Invalid port mapping name '{name}': up to 64 lowercase letters, numbers, underscores and hyphens"
                + " are allowed, and it cannot start with a hyphen.");
        }
        else if (rules.Definition.Containers.SelectMany(c => c.PortMappings ?? []).Count(other => other.Name == name) > 1)
        {
            rules.Definition.Add(path,
                $"Port mapping name '{name}' is used more than once. Names must be unique within a task definition.");
        }
    }

    private static string Protocol(PortMapping mapping) => mapping.Protocol ?? "tcp";

    [GeneratedRegex(@"\A[a-z0-9_][a-z0-9_-]{0,63}\z")]
    private static partial Regex PortName();
}
