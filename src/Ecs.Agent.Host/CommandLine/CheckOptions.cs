using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

namespace Ecs.Agent.Host.CommandLine;

/// <summary>What <c>check</c> was asked for.</summary>
/// <param name="File">The task definition; <c>-</c> is standard input.</param>
/// <param name="Json">Whether JSON is wanted.</param>
/// <param name="Required">Where tasks of it must run for the check to pass.</param>
internal sealed record CheckOptions(string File, bool Json, ImmutableArray<CheckTarget> Required)
{
    /// <summary>The targets by the names they have on the command line and in JSON.</summary>
    public static ImmutableArray<(string Name, CheckTarget Target)> Targets { get; } =
    [
        ("local", CheckTarget.Local), ("ec2", CheckTarget.Ec2), ("fargate", CheckTarget.Fargate), ("external", CheckTarget.External),
    ];

    public static string NameOf(CheckTarget target) => Targets.First(entry => entry.Target == target).Name;
}
