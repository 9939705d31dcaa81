namespace Ecs.Agent.Domain.Tasks;

/// <summary>The names that ECS gives to what it makes in Docker.</summary>
public static class DockerNames
{
    /// <summary><c>ecs-family-revision-container-hex</c>; whatever Docker would refuse in the container's name is left out.</summary>
    public static string Container(string family, string revision, string container, string suffix)
    {
        ArgumentNullException.ThrowIfNull(container);
        var kept = string.Concat(container.Where(ch => char.IsAsciiLetterOrDigit(ch) || ch == '-'));
        return $"ecs-{family}-{revision}-{kept}-{suffix}";
    }

    /// <summary><c>ecs-family-revision-volume-hex</c>.</summary>
    public static string Volume(string family, string revision, string volume, string suffix) =>
        $"ecs-{family}-{revision}-{volume}-{suffix}";
}
