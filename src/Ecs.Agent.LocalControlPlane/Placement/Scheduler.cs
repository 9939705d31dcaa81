using System.Collections.Immutable;
using System.Globalization;
using Ecs.Agent.LocalControlPlane.ContainerInstances;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Placement;

/// <summary>Decides where tasks run. Pure: the same question always has the same answer.</summary>
internal static class Scheduler
{
    private const string DistinctInstance = "DistinctInstance placement constraint unsatisfied.";
    private const string MemberOf = "MemberOf placement constraint unsatisfied.";

    /// <summary>Places up to <paramref name="count"/> tasks, one after the other, each on the best instance it fits on.</summary>
    public static PlacementDecision Place(PlacementRequest request, IEnumerable<Candidate> candidates, int count)
    {
        var instances = candidates.ToList();
        var placed = ImmutableArray.CreateBuilder<string>(count);
        while (placed.Count < count)
        {
            var fitting = instances.Where(candidate => Refusal(request, candidate) is null);
            if (PlacementOrder.Best(request, fitting, instances) is not { } best)
            {
                return new PlacementDecision(placed.ToImmutable(), [.. instances.Select(candidate => Refusal(request, candidate)!)]);
            }

            placed.Add(best.Instance.Arn);
            instances[instances.IndexOf(best)] = best.Take(request);
        }

        return new PlacementDecision(placed.ToImmutable(), []);
    }

    /// <summary>Why this instance cannot take the task, or null when it can.</summary>
    public static Failure? Refusal(PlacementRequest request, Candidate candidate)
    {
        var instance = candidate.Instance;
        if (!instance.IsConnected)
        {
            return Failed(instance, "AGENT", "The agent is not connected.");
        }

        return MissingAttributes(request, instance)
            ?? BrokenConstraint(request, candidate)
            ?? MissingResources(request.Needs, instance);
    }

    private static Failure? MissingAttributes(PlacementRequest request, ContainerInstance instance)
    {
        var missing = request.RequiredAttributes.Where(required => !Has(instance, required)).Select(Text).ToList();
        return missing.Count == 0 ? null : Failed(instance, "ATTRIBUTE", $"Missing attributes: {string.Join(", ", missing)}");
    }

    private static Failure? BrokenConstraint(PlacementRequest request, Candidate candidate)
    {
        foreach (var rule in request.Constraints)
        {
            if (rule.MemberOf is null && candidate.TaskGroups.Contains(request.Group))
            {
                return Failed(candidate.Instance, DistinctInstance, $"A task of the group {request.Group} is on this instance already.");
            }

            if (rule.MemberOf?.Matches(candidate) == false)
            {
                return Failed(candidate.Instance, MemberOf, $"The instance does not match: {rule.MemberOf.Text}");
            }
        }

        return null;
    }

    private static Failure? MissingResources(ResourceNeeds needs, ContainerInstance instance)
    {
        var left = instance.Remaining;
        var conflicts = needs.TcpPorts.Where(left.TcpPorts.Contains).Select(port => Invariant($"{port}/tcp"))
            .Concat(needs.UdpPorts.Where(left.UdpPorts.Contains).Select(port => Invariant($"{port}/udp")))
            .ToList();
        return true switch
        {
            _ when needs.Cpu > left.Cpu => TooLittle(instance, "CPU", needs.Cpu, "CPU units", left.Cpu),
            _ when needs.Memory > left.Memory => TooLittle(instance, "MEMORY", needs.Memory, "MiB", left.Memory),
            _ when conflicts.Count > 0 => Failed(instance, "RESOURCE:PORTS", $"Host ports in use: {string.Join(", ", conflicts)}"),
            _ when needs.Gpus > left.Gpus => TooLittle(instance, "GPU", needs.Gpus, "GPUs", left.Gpus),
            _ => null,
        };
    }

    private static Failure TooLittle(ContainerInstance instance, string resource, int needed, string unit, int left) =>
        Failed(instance, $"RESOURCE:{resource}", Invariant($"Needs {needed} {unit}, {left} remain."));

    private static bool Has(ContainerInstance instance, EcsAttribute required) =>
        instance.Attribute(required.Name!) is { } attribute && (string.IsNullOrEmpty(required.Value) || required.Value == attribute.Value);

    private static string Text(EcsAttribute attribute) =>
        string.IsNullOrEmpty(attribute.Value) ? attribute.Name! : $"{attribute.Name}={attribute.Value}";

    private static Failure Failed(ContainerInstance instance, string reason, string detail) =>
        new() { Arn = instance.Arn, Reason = reason, Detail = detail };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
