using System.Globalization;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>A <c>containerPortRange</c> such as <c>8000-8010</c>, both ends included.</summary>
internal readonly record struct PortRange(int First, int Last)
{
    public int Count => Last - First + 1;

    /// <summary>Reads the form <c>first-last</c>; null when it is another one. The order of the ends is not checked here.</summary>
    public static PortRange? Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && Port(text[..dash]) is { } first && Port(text[(dash + 1)..]) is { } last ? new PortRange(first, last) : null;
    }

    private static int? Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
}
