using System.Runtime.InteropServices;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.Host.Local;
using Ecs.Agent.Infrastructure.Configuration;
using Ecs.Agent.Infrastructure.Hosts;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.Host.Checking;

/// <summary>What an agent of the local ECS would register here. Docker is not asked: it is taken to be as new as this agent knows.</summary>
internal static class ThisMachine
{
    private const int FirstApiMinor = 17;
    private const int LastApiMinor = 44;

    private static readonly RuntimeInfo CurrentDocker = new()
    {
        ServerVersion = "",
        ApiVersion = $"1.{LastApiMinor}",
        SupportedApiVersions = [.. Enumerable.Range(FirstApiMinor, LastApiMinor - FirstApiMinor + 1).Select(minor => $"1.{minor}")],
    };

    // Nothing is asked of Docker here: what an agent that runs as root on Linux is commonly able to do.
    private static HostAbilities RootOnLinux { get; } = new() { TaskLimits = true, PauseContainers = true };

    /// <exception cref="LocalStartException">The environment cannot be used.</exception>
    public static async Task<MachineProfile> DescribeAsync(
        IReadOnlyDictionary<string, string> environment, TimeProvider time, CancellationToken cancellationToken)
    {
        var own = LocalEnvironment.For(environment, LocalEnvironment.NoEndpoint);
        var loaded = await AgentConfiguration.LoadAsync(own, time, null, cancellationToken);
        var options = loaded.Options
            ?? throw new LocalStartException(ExitCodes.TaskNotStarted, $"The environment cannot be used: {string.Join("; ", loaded.Errors)}");
        var capacity = HostCapacityReader.Read(options.ReservedMemoryMiB);
        return new MachineProfile
        {
            Attributes =
            [
                .. AgentAttributes.Of(options, CurrentDocker, RootOnLinux, RuntimeInformation.OSArchitecture, registeredBefore: false)
                    .Select(attribute => new EcsAttribute { Name = attribute.Key, Value = attribute.Value }),
            ],
            Cpu = capacity.Cpu,
            MemoryMiB = capacity.MemoryMiB,
            GpuIds = options.GpuIds,
            ReservedPorts = [.. options.ReservedTcpPorts, .. options.ReservedUdpPorts],
        };
    }
}
