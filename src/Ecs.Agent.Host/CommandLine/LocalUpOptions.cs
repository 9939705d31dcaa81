using Ecs.Agent.LocalControlPlane;

namespace Ecs.Agent.Host.CommandLine;

/// <summary>What <c>local up</c> was asked for.</summary>
/// <param name="Port">The port of the ECS API on loopback; 0 lets the system choose.</param>
/// <param name="Instances">How many container instances to register, 0 to 100; 0 leaves that to agents in other processes.</param>
/// <param name="Keep">Whether its tasks run on when it ends.</param>
/// <param name="Verbose">Whether the agents' and the control plane's log is wanted in full.</param>
internal sealed record LocalUpOptions(int Port, int Instances, bool Keep, bool Verbose)
{
    /// <summary>Beside the ports that ECS agents use on a machine.</summary>
    public const int DefaultPort = LocalControlPlaneOptions.DefaultPort;

    public const int MaxInstances = 100;
}
