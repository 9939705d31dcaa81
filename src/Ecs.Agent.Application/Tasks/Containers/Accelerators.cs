using System.Collections.Immutable;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Tasks.Containers;

/// <summary>How a container gets at the GPUs and inference chips that it was given.</summary>
internal sealed record Accelerators
{
    private const string NvidiaDevices = "NVIDIA_VISIBLE_DEVICES";
    private const string NeuronDevices = "AWS_NEURON_VISIBLE_DEVICES";
    private const string NeuronRuntime = "neuron";

    /// <summary>The environment with what the runtime reads.</summary>
    public required EnvironmentVariables Environment { get; init; }

    /// <summary>The runtime that Docker starts the container with; null for its default.</summary>
    public string? Runtime { get; init; }

    /// <summary>Ids of the GPUs that Docker itself is asked for, as outside EC2; null to ask for none.</summary>
    public ImmutableArray<string>? RequestedGpus { get; init; }

    /// <param name="task">The container's task.</param>
    /// <param name="container">The container.</param>
    /// <param name="environment">Its environment so far.</param>
    /// <param name="options">What this machine offers.</param>
    public static Accelerators For(
        TaskDefinition task, ContainerDefinition container, EnvironmentVariables environment, AgentOptions options)
    {
        if (container.IsInternal)
        {
            return new Accelerators { Environment = environment };
        }

        if (options.GpuSupport && options.External)
        {
            return new Accelerators { Environment = environment, RequestedGpus = container.GpuIds, Runtime = Inferentia(environment, options) };
        }

        var visible = options.GpuSupport && !container.GpuIds.IsEmpty
            ? environment.With(NvidiaDevices, string.Join(',', container.GpuIds))
            : environment;
        var wantsGpus = options.GpuSupport && task.Containers.Any(c => !c.GpuIds.IsEmpty) && visible.Contains(NvidiaDevices);
        return new Accelerators
        {
            Environment = visible,
            Runtime = Inferentia(visible, options) ?? (wantsGpus ? options.NvidiaRuntime : null),
        };
    }

    private static string? Inferentia(EnvironmentVariables environment, AgentOptions options) =>
        options.InferentiaSupport && environment.Contains(NeuronDevices) ? NeuronRuntime : null;
}
