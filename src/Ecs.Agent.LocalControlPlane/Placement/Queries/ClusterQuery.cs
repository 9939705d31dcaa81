namespace Ecs.Agent.LocalControlPlane.Placement.Queries;

/// <summary>An expression of ECS's cluster query language, which selects container instances.</summary>
internal sealed class ClusterQuery
{
    private readonly Func<Candidate, bool> _matches;

    private ClusterQuery(string text, Func<Candidate, bool> matches)
    {
        Text = text;
        _matches = matches;
    }

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    public bool Matches(Candidate candidate) => _matches(candidate);

    /// <summary>Parses an expression such as <c>attribute:ecs.cpu-architecture == x86_64 and not task:group == service:web</c>.</summary>
    /// <exception cref="FormatException">The expression breaks the grammar; the message says where.</exception>
    public static ClusterQuery Parse(string text) => new(text, new QueryParser(QueryTokens.Of(text)).Parse());
}
