namespace Ecs.Agent.Domain.Secrets;

/// <summary>
/// One entry of a container's <c>secrets</c>: where a value is kept and what it is for. The value itself is never part of a task.
/// </summary>
public sealed record SecretReference
{
    /// <summary>The name of the variable or of the log option.</summary>
    public required string Name { get; init; }

    /// <summary>A parameter's name or ARN; of Secrets Manager the ARN, with the parts that choose a JSON key and a version.</summary>
    public required string ValueFrom { get; init; }

    /// <summary>The region that it is kept in; empty means that of the ARN, else the agent's.</summary>
    public string Region { get; init; } = "";

    public SecretProvider Provider { get; init; }

    public SecretUse Use { get; init; }

    /// <summary>What the value is kept under: two entries with the same key are fetched once.</summary>
    public string Key => $"{ValueFrom}_{Region}";
}
