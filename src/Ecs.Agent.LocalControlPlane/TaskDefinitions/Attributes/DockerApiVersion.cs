using System.Globalization;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Attributes;

/// <summary>A version of the Docker remote API, 1.<paramref name="Minor"/>.</summary>
internal readonly record struct DockerApiVersion(int Minor) : IComparable<DockerApiVersion>
{
    /// <summary>What the ECS backend asks for when a container uses nothing newer.</summary>
    public static readonly DockerApiVersion Lowest = new(17);

    public int CompareTo(DockerApiVersion other) => Minor.CompareTo(other.Minor);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"1.{Minor}");
}
