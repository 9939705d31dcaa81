namespace Ecs.Agent.Domain.Secrets;

/// <summary>
/// What the <c>valueFrom</c> of a Secrets Manager secret says: <c>arn:…:secret:name</c>, or that with <c>:json key:version stage:version
/// id</c>
/// behind it, each of which may be empty.
/// </summary>
/// <param name="SecretId">The ARN without the three.</param>
/// <param name="JsonKey">Which member of the secret's JSON; empty means all of its text.</param>
/// <param name="VersionStage">Empty means the current one.</param>
/// <param name="VersionId">Empty means the one with that stage.</param>
public sealed record ManagedSecretName(string SecretId, string JsonKey = "", string VersionStage = "", string VersionId = "")
{
    private const int PartsBeforeResource = 5;

    /// <summary>Reads a <c>valueFrom</c>.</summary>
    /// <exception cref="FormatException">It is neither form; the message is what ECS says of it.</exception>
    public static ManagedSecretName Parse(string valueFrom)
    {
        ArgumentNullException.ThrowIfNull(valueFrom);
        if (!valueFrom.StartsWith("arn:", StringComparison.Ordinal))
        {
            throw Wrong(valueFrom, "arn: invalid prefix");
        }

        var parts = valueFrom.Split(':', PartsBeforeResource + 1);
        if (parts.Length <= PartsBeforeResource)
        {
            throw Wrong(valueFrom, "arn: not enough sections");
        }

        var prefix = string.Join(':', parts.Take(PartsBeforeResource));
        return parts[PartsBeforeResource].Split(':') switch
        {
            ["secret", var name] => new ManagedSecretName($"{prefix}:secret:{name}"),
            ["secret", var name, var key, var stage, var version] => new ManagedSecretName($"{prefix}:secret:{name}", key, stage, version),
            _ => throw Wrong(
                valueFrom,
                "an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN and try again."),
        };
    }

    private static FormatException Wrong(string valueFrom, string problem) =>
        new($"trying to retrieve secret with value {valueFrom} resulted in error: {problem}");
}
