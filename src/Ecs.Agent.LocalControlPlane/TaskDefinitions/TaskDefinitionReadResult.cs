using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>What reading a task definition text gave: a request, or every problem that kept it from becoming one.</summary>
public sealed record TaskDefinitionReadResult
{
    /// <summary>The definition as a registration request; null exactly when <see cref="Problems"/> is not empty.</summary>
    public RegisterTaskDefinitionRequest? Request { get; init; }

    /// <summary>Every mistake of syntax and shape, in the order of the text.</summary>
    public ImmutableArray<DefinitionProblem> Problems { get; init; } = [];

    /// <summary>What was left out or filled in while reading, one line each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
