using System.Collections.Immutable;

namespace Ecs.Agent.Host.CommandLine;

/// <summary>A titled block behind a command's usual help.</summary>
internal sealed record HelpSection(string Title, ImmutableArray<string> Lines);
