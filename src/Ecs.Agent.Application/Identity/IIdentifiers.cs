namespace Ecs.Agent.Application.Identity;

/// <summary>The one source of ids and chance.</summary>
public interface IIdentifiers
{
    /// <summary>20 lower-case hexadecimal digits, as at the end of the names that ECS gives in Docker.</summary>
    string NameSuffix();

    /// <summary>A random UUID.</summary>
    Guid Uuid();

    /// <summary>Uniform in [0, 1).</summary>
    double NextFraction();
}
