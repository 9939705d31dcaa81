namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Payload;

/// <summary>Reads the <c>valueFrom</c> of a secret: a Secrets Manager ARN, a Parameter Store ARN, or the bare name of a
/// parameter.</summary>
internal static class SecretReference
{
    public const string SecretsManager = "asm";
    public const string ParameterStore = "ssm";

    public static string Provider(string? valueFrom) => Part(valueFrom, 2) == "secretsmanager" ? SecretsManager : ParameterStore;

    /// <summary>The region of the ARN; <paramref name="taskRegion"/> for a bare name.</summary>
    public static string Region(string? valueFrom, string taskRegion) => Part(valueFrom, 3) is { Length: > 0 } region ? region : taskRegion;

    private static string? Part(string? valueFrom, int index) =>
        valueFrom?.Split(':') is ["arn", _, _, _, ..] parts ? parts[index] : null;
}
