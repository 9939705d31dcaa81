using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>Everything that can be said of a definition without running it.</summary>
public sealed record DefinitionReport
{
    /// <summary>Null when the text could not be read that far.</summary>
    public string? Family { get; init; }

    /// <summary>The names of the containers, in the order of the definition.</summary>
    public ImmutableArray<string> Containers { get; init; } = [];

    /// <summary>What ECS refuses, and what it takes although no task of it could ever work.</summary>
    public required ImmutableArray<DefinitionProblem> Mistakes { get; init; }

    /// <summary>What works, but hardly as it was meant.</summary>
    public ImmutableArray<DefinitionProblem> Warnings { get; init; } = [];

    /// <summary>One for each target; empty when the text could not be read.</summary>
    public ImmutableArray<TargetReport> Targets { get; init; } = [];

    /// <summary>Every member that is given, in the order of the API's model; empty when the text could not be read.</summary>
    public ImmutableArray<FieldReport> Fields { get; init; } = [];
}
