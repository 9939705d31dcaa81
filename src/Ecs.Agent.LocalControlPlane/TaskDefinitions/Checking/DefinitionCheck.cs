using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>Says what would become of a definition: here, on EC2, on Fargate and on external instances. Pure.</summary>
public static class DefinitionCheck
{
    private const string AnyArn = "arn:aws:ecs:us-east-1:000000000000:task-definition/check:1";

    /// <summary>Everything about a definition that was read; where reading it failed, the mistakes are all there is.</summary>
    /// <param name="read">What <see cref="TaskDefinitionReader"/> made of the text.</param>
    /// <param name="machine">What an agent here would register.</param>
    public static DefinitionReport Of(TaskDefinitionReadResult read, MachineProfile machine)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(machine);
        if (read.Request is not { } request)
        {
            return new DefinitionReport { Mistakes = read.Problems };
        }

        var definition = TaskDefinitionRegistration.Register(request, AnyArn, 1, DateTimeOffset.UnixEpoch, AnyArn);
        ImmutableArray<TargetReport> targets =
        [
            Report(CheckTarget.Local, LocalTarget.Of(definition, machine)),
            Report(CheckTarget.Ec2, InstanceTargets.OfEc2(definition)),
            Report(CheckTarget.Fargate, FargateTarget.Of(request)),
            Report(CheckTarget.External, InstanceTargets.OfExternal(definition)),
        ];
        return new DefinitionReport
        {
            Family = request.Family,
            Containers = [.. (request.ContainerDefinitions ?? []).Select(container => container.Name ?? "")],
            Mistakes = [.. TaskDefinitionValidator.Validate(request), .. HopelessSettings.Of(request)],
            Warnings = [.. DoubtfulSettings.Of(request)],
            Targets = targets,
            Fields = [.. GivenMembers.Of(request).Select(field => FieldOutcomes.Of(field, targets))],
        };
    }

    private static TargetReport Report(CheckTarget target, IEnumerable<TargetFinding> findings) =>
        new() { Target = target, Findings = [.. findings.Distinct()] };
}
