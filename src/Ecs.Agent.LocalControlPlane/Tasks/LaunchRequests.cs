using System.Collections.Immutable;
using System.Text.Json;
using Ecs.Agent.LocalControlPlane.Api;
using Ecs.Agent.LocalControlPlane.Clusters;
using Ecs.Agent.LocalControlPlane.Families;
using Ecs.Agent.LocalControlPlane.Placement;
using Ecs.Agent.LocalControlPlane.Placement.Queries;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>Reads RunTask and StartTask calls, and refuses what ECS refuses. Pure.</summary>
internal static class LaunchRequests
{
    private const string Ec2 = "EC2";
    private static readonly string[] LaunchTypes = [Ec2, "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"];

    public static TaskLaunch Of(ControlPlaneState state, RunTaskRequest request)
    {
        var cluster = state.GetCluster(request.Cluster);
        var definition = Definition(state, request.TaskDefinition);
        CheckNetwork(definition.Definition, request.NetworkConfiguration);
        CheckOverrides(definition.Definition, request.Overrides);
        return new TaskLaunch
        {
            Cluster = cluster,
            Definition = definition,
            LaunchType = LaunchType(request),
            Group = request.Group,
            Overrides = request.Overrides,
            StartedBy = request.StartedBy,
            EnableExecuteCommand = request.EnableExecuteCommand ?? false,
            Tags = Tags(cluster, definition, request.Tags, request.PropagateTags, request.EnableECSManagedTags),
            Token = Token(request),
            Constraints = Constraints(definition.Definition.PlacementConstraints, request.PlacementConstraints),
            Strategy = [.. request.PlacementStrategy ?? []],
        };
    }

    public static TaskLaunch Of(ControlPlaneState state, StartTaskRequest request)
    {
        var cluster = state.GetCluster(request.Cluster);
        var definition = Definition(state, request.TaskDefinition);
        CheckNetwork(definition.Definition, request.NetworkConfiguration);
        CheckOverrides(definition.Definition, request.Overrides);
        return new TaskLaunch
        {
            Cluster = cluster,
            Definition = definition,
            LaunchType = Ec2,
            Group = request.Group,
            Overrides = request.Overrides,
            StartedBy = request.StartedBy,
            EnableExecuteCommand = request.EnableExecuteCommand ?? false,
            Tags = Tags(cluster, definition, request.Tags, request.PropagateTags, request.EnableECSManagedTags),
        };
    }

    /// <summary>What tells a repetition of the call from another call under the same client token.</summary>
    public static RunTaskToken? Token(RunTaskRequest request) =>
        string.IsNullOrEmpty(request.ClientToken)
            ? null
            : new RunTaskToken(request.ClientToken, JsonSerializer.Serialize(request, EcsApiJsonContext.Default.RunTaskRequest));

    private static RegisteredTaskDefinition Definition(ControlPlaneState state, string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw EcsErrors.Empty("TaskDefinition");
        }

        var found = DefinitionName.Parse(name)?.FindIn(state) ?? throw EcsErrors.TaskDefinitionNotFound();
        if (!found.IsActive)
        {
            throw EcsErrors.TaskDefinitionInactive();
        }

        return found.Adaptation.Problems is [var first, ..] problems
            ? throw new EcsApiException(
                first.Path.StartsWith("runtimePlatform", StringComparison.Ordinal)
                    ? "PlatformTaskDefinitionIncompatibilityException" : "UnsupportedFeatureException",
                string.Join("\n", problems))
            : found;
    }

    // Local instances stand for every kind of capacity; Fargate's own capacity providers are just another way to say FARGATE.
    private static string LaunchType(RunTaskRequest request)
    {
        if (request.CapacityProviderStrategy is { Count: > 0 } strategy)
        {
            return request.LaunchType is null ? LaunchType(strategy) : throw EcsErrors.InvalidParameter(
                "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.");
        }

        var launchType = request.LaunchType ?? Ec2;
        return LaunchTypes.Contains(launchType)
            ? launchType
            : throw EcsErrors.InvalidParameter($"launchType must be one of {string.Join(", ", LaunchTypes)}.");
    }

    private static string LaunchType(IReadOnlyList<CapacityProviderStrategyItem> strategy) =>
        strategy.All(item => item.CapacityProvider is "FARGATE" or "FARGATE_SPOT")
            ? "FARGATE"
            : throw EcsErrors.InvalidParameter("The specified capacity provider strategy cannot contain a capacity provider that is not "
                + "associated with the cluster.");

    // A definition with awsvpc runs on a bridge here, so unlike in AWS its subnets may be left out.
    private static void CheckNetwork(TaskDefinition definition, NetworkConfiguration? network)
    {
        if (network?.AwsvpcConfiguration is not null && definition.NetworkMode != "awsvpc")
        {
            throw EcsErrors.InvalidParameter("Network Configuration is not valid for the given networkMode of this task definition.");
        }
    }

    private static void CheckOverrides(TaskDefinition definition, TaskOverride? overrides)
    {
        var names = definition.ContainerDefinitions!.Select(container => container.Name).ToHashSet();
        if (overrides?.ContainerOverrides?.FirstOrDefault(entry => !names.Contains(entry.Name)) is { } stray)
        {
            throw EcsErrors.InvalidParameter($"Override for container named {stray.Name} is not a container in the TaskDefinition.");
        }
    }

    private static ImmutableArray<PlacementRule> Constraints(
        IReadOnlyList<TaskDefinitionPlacementConstraint>? ofDefinition, IReadOnlyList<PlacementConstraint>? ofCall) =>
    [
        .. (ofDefinition ?? []).Select(constraint => Rule(constraint.Type, constraint.Expression)),
        .. (ofCall ?? []).Select(constraint => Rule(constraint.Type, constraint.Expression)),
    ];

    private static PlacementRule Rule(string? type, string? expression)
    {
        if (type == "distinctInstance")
        {
            return new PlacementRule(MemberOf: null);
        }

        try
        {
            return type == "memberOf"
                ? new PlacementRule(ClusterQuery.Parse(expression ?? string.Empty))
                : throw EcsErrors.InvalidParameter("The type of a placement constraint must be distinctInstance or memberOf.");
        }
        catch (FormatException problem)
        {
            throw EcsErrors.InvalidParameter($"Invalid placement constraint expression '{expression}': {problem.Message}");
        }
    }

    private static ImmutableArray<Tag> Tags(
        Cluster cluster, RegisteredTaskDefinition definition, IReadOnlyList<Tag>? given, string? propagate, bool? managed)
    {
        var own = given ?? [];
        var inherited = propagate == "TASK_DEFINITION" ? definition.Tags.Where(tag => own.All(other => other.Key != tag.Key)) : [];
        Tag[] added = managed == true ? [new Tag { Key = "aws:ecs:clusterName", Value = cluster.Name }] : [];
        return [.. own, .. inherited, .. added];
    }
}
