namespace Ecs.Agent.Host.CommandLine;

/// <summary>What <c>local run</c> was asked for.</summary>
/// <param name="File">The task definition; <c>-</c> is standard input.</param>
/// <param name="Port">The port of the ECS API on loopback; 0 lets the system choose.</param>
/// <param name="Keep">Whether the stopped containers stay, for <c>docker inspect</c> and <c>docker logs</c>.</param>
/// <param name="Verbose">Whether the agent's and the control plane's log is wanted in full.</param>
internal sealed record LocalRunOptions(string File, int Port, bool Keep, bool Verbose)
{
    public const string StandardInput = "-";
}
