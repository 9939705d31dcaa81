using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>
/// The rules by which RegisterTaskDefinition accepts a definition. Every broken rule is reported, not the first; messages are ECS's own
/// where the service has one.
/// </summary>
public static class TaskDefinitionValidator
{
    private const int MostBytes = 65_536;

    /// <summary>All problems of <paramref name="request"/>, in the order of its parts; empty when ECS would register it.</summary>
    public static ImmutableArray<DefinitionProblem> Validate(RegisterTaskDefinitionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var rules = new DefinitionRules(request);
        FamilyRules.Check(rules);
        TaskSizeRules.Check(rules);
        TaskRules.Check(rules);
        VolumeRules.Check(rules);
        foreach (var (index, container) in rules.Containers.Index())
        {
            CheckContainer(new ContainerRules(rules, container, index));
        }

        DependencyRules.CheckCycles(rules);
        FargateRules.Check(rules);
        return [.. ShapeProblems(request), .. rules.Problems];
    }

    private static void CheckContainer(ContainerRules rules)
    {
        ContainerNameRules.Check(rules);
        ContainerSizeRules.Check(rules);
        PortRules.Check(rules);
        DependencyRules.Check(rules);
        ContainerLifetimeRules.Check(rules);
        EnvironmentRules.Check(rules);
        NetworkRules.Check(rules);
        LinuxRules.Check(rules);
        LoggingRules.Check(rules);
    }

    // A request that came over the API has not been through the reader: its enumerations and required members are checked here.
    private static ImmutableArray<DefinitionProblem> ShapeProblems(RegisterTaskDefinitionRequest request)
    {
        var element = JsonSerializer.SerializeToElement(request, EcsApiJsonContext.Default.RegisterTaskDefinitionRequest);
        var walk = new SchemaWalk();
        walk.Copy(element, TaskDefinitionSchema.RegisterTaskDefinition, JsonPath.Root);
        var size = Encoding.UTF8.GetByteCount(element.GetRawText());
        // Family and container list have their own texts in FamilyRules.
        return
        [
            .. walk.Problems.Where(p => p.Path is not ("family" or "containerDefinitions")),
            .. size > MostBytes
                ? [new DefinitionProblem(JsonPath.Root, $"Actual length: '{size}'. Max allowed length is '{MostBytes}' bytes.")]
                : Array.Empty<DefinitionProblem>(),
        ];
    }
}
