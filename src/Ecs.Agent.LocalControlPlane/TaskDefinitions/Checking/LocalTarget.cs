using System.Collections.Immutable;
using System.Globalization;
using Ecs.Agent.LocalControlPlane.Placement;
using Ecs.Agent.LocalControlPlane.Placement.Queries;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Adaptation;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Attributes;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>This machine under the local ECS: its adaptation, the attributes of its agent, its size.</summary>
internal static class LocalTarget
{
    public static IEnumerable<TargetFinding> Of(TaskDefinition definition, MachineProfile machine)
    {
        var adaptation = LocalAdaptation.Of(definition, LoggingDrivers(machine));
        return
        [
            .. adaptation.Problems.Select(problem => new TargetFinding(problem.Path, FindingKind.Refused, problem.Message)),
            .. MissingAttributes(adaptation, machine),
            .. MissingResources(adaptation.Definition, machine),
            .. ReservedPorts(adaptation.Definition, machine),
            .. adaptation.Notes.Select(note => new TargetFinding(note.Path, FindingKind.Differs, note.Message)),
            .. Constraints(definition, machine),
        ];
    }

    // What is refused for want of an account needs no attribute to be refused for as well.
    private static IEnumerable<TargetFinding> MissingAttributes(LocalAdaptation adaptation, MachineProfile machine)
    {
        var refused = adaptation.Problems.Select(problem => problem.Path).ToList();
        foreach (var demand in RequiredAttributes.Demands(adaptation.Definition))
        {
            var required = new EcsAttribute { Name = demand.Attribute };
            if (Has(machine, required) || ContainerAdaptation.DoesWithout(required)
                || refused.Exists(path => demand.Path.StartsWith(path, StringComparison.Ordinal)))
            {
                continue;
            }

            yield return new TargetFinding(demand.Path, FindingKind.Refused,
                $"The agent of this machine does not register {demand.Attribute}{Reason(demand.Attribute)}");
        }

        foreach (var required in adaptation.RequiredAttributes.Where(attribute => attribute.Name == AttributeNames.CpuArchitecture))
        {
            if (!Has(machine, required))
            {
                yield return new TargetFinding("runtimePlatform.cpuArchitecture", FindingKind.Refused,
                    $"This machine is no {required.Value} machine.");
            }
        }
    }

    private static string Reason(string attribute) => (AttributeSettings.AgainstIt(attribute), AttributeSettings.Of(attribute)) switch
    {
        ({ } variable, _) => $": {variable} is set.",
        (_, { } setting) => $"; it would take {setting}",
        _ => ".",
    };

    private static IEnumerable<TargetFinding> MissingResources(TaskDefinition definition, MachineProfile machine)
    {
        var needs = TaskNeeds.Of(definition, overrides: null);
        IEnumerable<(bool TooMuch, IEnumerable<string> Paths, int Needed, string Unit, int There)> resources =
        [
            (needs.Cpu > machine.Cpu, Paths(definition, definition.Cpu, "cpu", c => c.Cpu > 0 ? "cpu" : null),
                needs.Cpu, "CPU units", machine.Cpu),
            (needs.Memory > machine.MemoryMiB,
                Paths(definition, definition.Memory, "memory", c => c.MemoryReservation is null ? "memory" : "memoryReservation"),
                needs.Memory, "MiB", machine.MemoryMiB),
            (needs.Gpus > machine.GpuIds.Length, InstanceTargets.GpuPaths(definition),
                needs.Gpus, needs.Gpus == 1 ? "GPU" : "GPUs", machine.GpuIds.Length),
        ];
        return resources.Where(resource => resource.TooMuch).SelectMany(resource => resource.Paths.Select(path => new TargetFinding(
            path, FindingKind.Refused,
            string.Create(CultureInfo.InvariantCulture,
                $"The task needs {resource.Needed} {resource.Unit}, this machine has {resource.There}."))));
    }

    /// <summary>Where a size is given: for the whole task, or for the containers that add up to it.</summary>
    private static IEnumerable<string> Paths(
        TaskDefinition definition, string? ofTask, string member, Func<ContainerDefinition, string?> ofContainer) => ofTask is not null
        ? [member]
        : (definition.ContainerDefinitions ?? []).Index()
            .Where(entry => ofContainer(entry.Item) is not null)
            .Select(entry => JsonPath.Container(entry.Index, ofContainer(entry.Item)!));

    private static IEnumerable<TargetFinding> ReservedPorts(TaskDefinition definition, MachineProfile machine)
    {
        foreach (var (index, container) in (definition.ContainerDefinitions ?? []).Index())
        {
            foreach (var (place, mapping) in (container.PortMappings ?? []).Index())
            {
                if (mapping.HostPort is { } port && machine.ReservedPorts.Contains(port))
                {
                    yield return new TargetFinding(JsonPath.Element(JsonPath.Container(index, "portMappings"), place), FindingKind.Refused,
                        string.Create(CultureInfo.InvariantCulture, $"Host port {port} is reserved on this machine."));
                }
            }
        }
    }

    private static IEnumerable<TargetFinding> Constraints(TaskDefinition definition, MachineProfile machine)
    {
        foreach (var (index, constraint) in (definition.PlacementConstraints ?? []).Index())
        {
            if (Refusal(constraint.Expression ?? "", machine) is { } text)
            {
                yield return new TargetFinding(
                    JsonPath.Member(JsonPath.Element("placementConstraints", index), "expression"), FindingKind.Refused, text);
            }
        }
    }

    private static string? Refusal(string expression, MachineProfile machine)
    {
        try
        {
            return ClusterQuery.Parse(expression).Matches(machine.ToCandidate())
                ? null : $"This machine does not match: {expression}. ECS_INSTANCE_ATTRIBUTES gives it attributes of one's own.";
        }
        catch (FormatException problem)
        {
            return $"Invalid placement constraint expression '{expression}': {problem.Message}";
        }
    }

    private static ImmutableArray<string> LoggingDrivers(MachineProfile machine)
    {
        var prefix = AttributeNames.LoggingDriver("");
        return
        [
            .. machine.Attributes.Select(attribute => attribute.Name ?? "").Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(name => name[prefix.Length..]),
        ];
    }

    private static bool Has(MachineProfile machine, EcsAttribute required) => machine.Attributes.Any(attribute =>
        attribute.Name == required.Name && (string.IsNullOrEmpty(required.Value) || required.Value == attribute.Value));
}
