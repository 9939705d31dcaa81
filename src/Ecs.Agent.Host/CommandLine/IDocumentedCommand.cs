using System.Collections.Immutable;

namespace Ecs.Agent.Host.CommandLine;

/// <summary>A command with more to say than its options.</summary>
internal interface IDocumentedCommand
{
    ImmutableArray<HelpSection> HelpSections { get; }
}
