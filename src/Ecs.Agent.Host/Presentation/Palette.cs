using System.Collections.Immutable;

namespace Ecs.Agent.Host.Presentation;

/// <summary>Colours, or none.</summary>
internal sealed class Palette(bool enabled)
{
    private const string Reset = "\e[0m";

    // Red stays for what went wrong.
    private static readonly ImmutableArray<string> ContainerColours = ["36", "33", "35", "34", "32", "96", "93", "95", "94", "92"];

    public string Good(string text) => Paint("32", text);

    public string Bad(string text) => Paint("31", text);

    public string Attention(string text) => Paint("33", text);

    public string Strong(string text) => Paint("1", text);

    /// <summary>The colour of the container at <paramref name="index"/>; a negative index is the task's own.</summary>
    public string Of(int index, string text) => index < 0 ? Strong(text) : Paint(ContainerColours[index % ContainerColours.Length], text);

    private string Paint(string code, string text) => enabled ? $"\e[{code}m{text}{Reset}" : text;
}
