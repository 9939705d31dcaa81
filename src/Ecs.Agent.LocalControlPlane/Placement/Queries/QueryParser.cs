namespace Ecs.Agent.LocalControlPlane.Placement.Queries;

/// <summary>Reads tokens by recursive descent: <c>or</c> binds weakest, then <c>and</c>, then <c>not</c>.</summary>
internal sealed class QueryParser(List<string> tokens)
{
    private int _at;

    private string? Current => _at < tokens.Count ? tokens[_at] : null;

    public Func<Candidate, bool> Parse()
    {
        var all = Either();
        return Current is null ? all : throw new FormatException($"Unexpected '{Current}' after the end of the expression.");
    }

    private Func<Candidate, bool> Either()
    {
        var left = Both();
        while (Accept("or", "||"))
        {
            var (first, second) = (left, Both());
            left = candidate => first(candidate) || second(candidate);
        }

        return left;
    }

    private Func<Candidate, bool> Both()
    {
        var left = Negation();
        while (Accept("and", "&&"))
        {
            var (first, second) = (left, Negation());
            left = candidate => first(candidate) && second(candidate);
        }

        return left;
    }

    private Func<Candidate, bool> Negation()
    {
        if (Accept("not", "!"))
        {
            var inner = Negation();
            return candidate => !inner(candidate);
        }

        if (!Accept("("))
        {
            return Comparison();
        }

        var group = Either();
        Expect(")");
        return group;
    }

    private Func<Candidate, bool> Comparison()
    {
        var subject = QuerySubject.Of(Take("a subject"));
        var test = Take("an operator");
        if (test == "!")
        {
            test += Take("an operator");
        }

        return test switch
        {
            "exists" => candidate => subject(candidate).Any(),
            "!exists" or "not_exists" => candidate => !subject(candidate).Any(),
            "in" => In(subject, Values(), wanted: true),
            "!in" or "not_in" => In(subject, Values(), wanted: false),
            _ => QueryTest.Of(test, Take("a value")) is { } compare
                ? candidate => compare(subject(candidate))
                : throw new FormatException($"'{test}' is not an operator."),
        };
    }

    private static Func<Candidate, bool> In(Func<Candidate, IEnumerable<string>> subject, List<string> values, bool wanted) =>
        candidate => subject(candidate).Any(values.Contains) == wanted;

    private List<string> Values()
    {
        var close = Accept("[") ? "]" : Accept("(") ? ")" : throw new FormatException("A list of values must stand in brackets.");
        var values = new List<string>();
        do
        {
            values.Add(Take("a value"));
        }
        while (Accept(","));
        Expect(close);
        return values;
    }

    private bool Accept(params ReadOnlySpan<string> alternatives)
    {
        if (Current is null || !alternatives.Contains(Current))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(string token)
    {
        if (!Accept(token))
        {
            throw new FormatException($"Expected '{token}' but found '{Current ?? "the end"}'.");
        }
    }

    private string Take(string what) => Current is null ? throw new FormatException($"Expected {what} but found the end.") : tokens[_at++];
}
