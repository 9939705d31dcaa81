using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Application.Secrets;

/// <summary>What was fetched for a container. Never prints.</summary>
public sealed record ContainerValues
{
    public static ContainerValues None { get; } = new();

    /// <summary>From its environment files. The definition's own variables win over these.</summary>
    public EnvironmentVariables FileVariables { get; init; } = EnvironmentVariables.Empty;

    /// <summary>From its secrets. These win over the definition's own variables.</summary>
    public EnvironmentVariables SecretVariables { get; init; } = EnvironmentVariables.Empty;

    /// <summary>Options for its log driver. They are added where the driver has a name and the value is not empty.</summary>
    public EnvironmentVariables LogOptions { get; init; } = EnvironmentVariables.Empty;

    /// <summary>The definition's environment with all that was fetched, each in its place.</summary>
    public EnvironmentVariables Over(EnvironmentVariables definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Concat(SecretVariables).Aggregate(FileVariables, (all, variable) => all.With(variable.Key, variable.Value));
    }

    public override string ToString() =>
        $"ContainerValues {{ {FileVariables.Count} of files, {SecretVariables.Count} secrets, {LogOptions.Count} log options }}";
}
