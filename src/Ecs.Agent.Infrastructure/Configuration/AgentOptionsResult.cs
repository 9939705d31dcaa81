using System.Collections.Immutable;
using Ecs.Agent.Application.Configuration;

namespace Ecs.Agent.Infrastructure.Configuration;

/// <summary>What the configuration came to.</summary>
/// <param name="Options">The options, or null when <paramref name="Errors"/> has anything.</param>
/// <param name="Warnings">Values that were replaced by a bound or a default, and variables without effect; for the log.</param>
/// <param name="Errors">Everything that keeps the agent from starting (exit code 1), all at once.</param>
public sealed record AgentOptionsResult(AgentOptions? Options, ImmutableArray<string> Warnings, ImmutableArray<string> Errors);
