using System.Collections.Immutable;

namespace Ecs.Agent.Application.Secrets;

/// <summary>What the Parameter Store answered. Never prints its values.</summary>
/// <param name="Values">
/// By everything that a parameter may have been asked for: its name and its ARN, each also with its version or label.
/// </param>
/// <param name="InvalidNames">What was asked for and does not exist.</param>
public sealed record ParameterValues(ImmutableDictionary<string, string> Values, ImmutableArray<string> InvalidNames)
{
    public override string ToString() => $"{Values.Count} parameters";
}
