using System.Globalization;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>Builds the paths that problems and notes carry: <c>a.b[2].c</c>, and <c>$</c> for the document itself.</summary>
internal static class JsonPath
{
    public const string Root = "$";

    public static string Member(string parent, string name) => parent is Root or "" ? name : $"{parent}.{name}";

    public static string Element(string list, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{(list == Root ? "" : list)}[{index}]");

    /// <summary>The path of a container's member, from the container's place in the definition.</summary>
    public static string Container(int index, string member = "") =>
        member.Length == 0 ? Element("containerDefinitions", index) : Member(Element("containerDefinitions", index), member);

    /// <summary>The path of a volume's member, from the volume's place in the definition.</summary>
    public static string Volume(int index, string member = "") =>
        member.Length == 0 ? Element("volumes", index) : Member(Element("volumes", index), member);
}
