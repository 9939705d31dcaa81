namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>RuntimePlatform</c>.</summary>
public sealed record RuntimePlatform
{
    /// <summary>One of <c>X86_64</c>, <c>ARM64</c>.</summary>
    public string? CpuArchitecture { get; init; }

    /// <summary>One of <c>WINDOWS_SERVER_2019_FULL</c>, <c>WINDOWS_SERVER_2019_CORE</c>, <c>WINDOWS_SERVER_2016_FULL</c>, <c>WINDOWS_SERVER_2004_CORE</c>, <c>WINDOWS_SERVER_2022_CORE</c>, <c>WINDOWS_SERVER_2022_FULL</c>, <c>WINDOWS_SERVER_2025_CORE</c>, <c>WINDOWS_SERVER_2025_FULL</c>, <c>WINDOWS_SERVER_20H2_CORE</c>, <c>LINUX</c>.</summary>
    public string? OperatingSystemFamily { get; init; }
}
