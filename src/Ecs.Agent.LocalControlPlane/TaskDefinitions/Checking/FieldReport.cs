using Ecs.Agent.LocalControlPlane.TaskDefinitions.Support;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>One member that the definition gives. Its value is nobody's business here: it may be a secret.</summary>
/// <param name="Path">Its JSON path.</param>
/// <param name="Support">Where it arrives.</param>
public sealed record FieldReport(string Path, MemberSupport Support)
{
    public required FieldOutcome Local { get; init; }

    public required FieldOutcome Ec2 { get; init; }

    public required FieldOutcome Fargate { get; init; }

    public required FieldOutcome External { get; init; }

    /// <summary>What becomes of it on the target.</summary>
    public FieldOutcome On(CheckTarget target) => target switch
    {
        CheckTarget.Local => Local,
        CheckTarget.Ec2 => Ec2,
        CheckTarget.Fargate => Fargate,
        CheckTarget.External => External,
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "No such target."),
    };
}
