namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>RegistryAuthenticationData</c>.</summary>
public sealed record RegistryAuthenticationData
{
    public ASMAuthData? AsmAuthData { get; init; }

    public ECRAuthData? EcrAuthData { get; init; }

    /// <summary>One of <c>ecr</c>, <c>asm</c>.</summary>
    public string? Type { get; init; }
}
