namespace Ecs.Agent.Host.Presentation;

/// <summary>Text of others on one's own terminal.</summary>
internal static class Printable
{
    /// <summary>
    /// The text without what would steer a terminal: a container, or a registry, may write anything, and an operator's terminal obeys. A tab
    /// stays, line ends become spaces, everything else shows that it was there.
    /// </summary>
    public static string Text(string text) => string.Create(text.Length, text, (shown, given) =>
    {
        for (var i = 0; i < given.Length; i++)
        {
            shown[i] = given[i] switch
            {
                '\t' => '\t',
                '\r' or '\n' => ' ',
                var ch when char.IsControl(ch) || IsDirection(ch) => '\uFFFD',
                var ch => ch,
            };
        }
    });

    /// <summary>Turns the direction of writing around, and so what a line seems to say.</summary>
    private static bool IsDirection(char ch) => ch is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
