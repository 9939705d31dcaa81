using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Attributes;

/// <summary>Which launch types a definition could run on, whatever it asks for.</summary>
internal static class Compatibilities
{
    public static IReadOnlyList<string> Of(RegisterTaskDefinitionRequest request)
    {
        var compatibilities = ImmutableArray.CreateBuilder<string>();
        if (CanBeExternal(request))
        {
            compatibilities.Add("EXTERNAL");
        }

        compatibilities.Add("EC2");
        if (CanBeFargate(request))
        {
            compatibilities.Add("FARGATE");
        }

        if (request.RequiresCompatibilities?.Contains("MANAGED_INSTANCES") == true)
        {
            compatibilities.Add("MANAGED_INSTANCES");
        }

        return compatibilities.ToImmutable();
    }

    // External instances have no task network interfaces, no EFS, no App Mesh and no Elastic Inference.
    private static bool CanBeExternal(RegisterTaskDefinitionRequest request) =>
        request.NetworkMode != "awsvpc"
        && request.ProxyConfiguration is null
        && request.InferenceAccelerators is not { Count: > 0 }
        && (request.Volumes ?? []).All(v => v.EfsVolumeConfiguration is null && v.S3filesVolumeConfiguration is null);

    // Fargate takes a definition exactly when it would take it as a requirement.
    private static bool CanBeFargate(RegisterTaskDefinitionRequest request)
    {
        var rules = new DefinitionRules(request with { RequiresCompatibilities = ["FARGATE"] });
        FargateRules.Check(rules);
        return rules.Problems.IsEmpty;
    }
}
