using System.Collections.Immutable;

namespace Ecs.Agent.Infrastructure.Operations.Wire;

/// <summary>The answer to a question that cannot be answered.</summary>
/// <param name="Error"><c>notFound</c>, <c>ambiguous</c>, <c>badRequest</c> or <c>failed</c>.</param>
/// <param name="Text">The same in words.</param>
/// <param name="TaskArns">The tasks that could be meant; empty unless the name was ambiguous.</param>
public sealed record RefusalDocument(string Error, string Text, ImmutableArray<string> TaskArns);
