using System.Text;

namespace Ecs.Agent.LocalControlPlane.Placement.Queries;

/// <summary>Cuts an expression into words, operators and brackets. A quoted text is one word.</summary>
internal static class QueryTokens
{
    private const string Punctuation = "()[],";
    private const string OperatorSigns = "=!<>~&|";
    private static readonly string[] Operators = ["==", "!=", ">=", "<=", "=~", "!~", "&&", "||", ">", "<", "!"];

    public static List<string> Of(string text)
    {
        var tokens = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            at = char.IsWhiteSpace(text[at]) ? at + 1 : Next(text, at, tokens);
        }

        return tokens;
    }

    private static int Next(string text, int at, List<string> tokens)
    {
        if (Punctuation.Contains(text[at], StringComparison.Ordinal))
        {
            tokens.Add(text[at].ToString());
            return at + 1;
        }

        if (text[at] is '"' or '\'')
        {
            return Quoted(text, at, tokens);
        }

        return Array.Find(Operators, sign => string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0) is { } found
            ? Sign(found, at, tokens)
            : Word(text, at, tokens);
    }

    private static int Sign(string sign, int at, List<string> tokens)
    {
        tokens.Add(sign);
        return at + sign.Length;
    }

    private static int Quoted(string text, int at, List<string> tokens)
    {
        var end = text.IndexOf(text[at], at + 1);
        if (end < 0)
        {
            throw new FormatException($"The quoted text at position {at} has no end.");
        }

        tokens.Add(text[(at + 1)..end]);
        return end + 1;
    }

    private static bool EndsWord(char sign) =>
        char.IsWhiteSpace(sign) || (Punctuation + OperatorSigns).Contains(sign, StringComparison.Ordinal);

    private static int Word(string text, int at, List<string> tokens)
    {
        var word = new StringBuilder();
        while (at < text.Length && !EndsWord(text[at]))
        {
            word.Append(text[at++]);
        }

        if (word.Length == 0)
        {
            throw new FormatException($"Unexpected '{text[at]}' at position {at}.");
        }

        tokens.Add(word.ToString());
        return at;
    }
}
