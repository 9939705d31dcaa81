using System.Reflection;

namespace Ecs.Agent.Infrastructure.ControlPlane;

/// <summary>Which build of the agent this is, as the control plane is told.</summary>
/// <param name="Version">Such as <c>0.1.0</c>.</param>
/// <param name="GitHash">The short commit hash, eight digits; <c>unknown</c> when the build did not record it.</param>
public sealed record AgentBuild(string Version, string GitHash)
{
    private const int ShortHashLength = 8;

    /// <summary>From an assembly's informational version: <c>0.1.0+3f2a…</c>.</summary>
    public static AgentBuild Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return Parse(assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0");
    }

    /// <summary>The ECS User-Agent, with the operating system's detailed family where there is one.</summary>
    public string UserAgent(string detailedOsFamily)
    {
        var system = string.IsNullOrEmpty(detailedOsFamily) ? "linux" : $"linux; {detailedOsFamily}";
        return $"Amazon ECS Agent - v{Version} ({GitHash}) ({system}) (+http://aws.amazon.com/ecs/)";
    }

    internal static AgentBuild Parse(string informationalVersion)
    {
        var parts = informationalVersion.Split('+', 2);
        var hash = parts.Length > 1 && parts[1].Length > 0 ? parts[1] : "unknown";
        return new AgentBuild(parts[0], hash.Length > ShortHashLength ? hash[..ShortHashLength] : hash);
    }
}
