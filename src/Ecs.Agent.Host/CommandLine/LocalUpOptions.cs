namespace Ecs.Agent.Host.CommandLine;

/// <summary>What <c>local up</c> was asked for.</summary>
/// <param name="Port">The port of the ECS API on loopback; 0 lets the system choose.</param>
/// <param name="Instances">How many container instances to register, at least one.</param>
/// <param name="Verbose">Whether the agents' and the control plane's log is wanted in full.</param>
internal sealed record LocalUpOptions(int Port, int Instances, bool Verbose)
{
    /// <summary>Beside the ports that ECS agents use on a machine (51678, 51679).</summary>
    public const int DefaultPort = 51680;

    public const int MaxInstances = 100;
}
