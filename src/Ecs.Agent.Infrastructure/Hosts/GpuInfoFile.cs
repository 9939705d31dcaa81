using System.Text.Json;
using Ecs.Agent.Application.Configuration;

namespace Ecs.Agent.Infrastructure.Hosts;

/// <summary>
/// What the ECS-optimised images write about the GPUs of the machine before the agent starts: the driver's version and the ids.
/// </summary>
public static class GpuInfoFile
{
    public const string DefaultPath = "/var/lib/ecs/gpu/nvidia-gpu-info.json";

    /// <summary>The options with the machine's GPUs, where GPU support is on.</summary>
    /// <param name="options">The configuration so far.</param>
    /// <param name="path">The file.</param>
    /// <param name="warning">Set where there is no file: the agent goes on without GPUs.</param>
    /// <exception cref="InvalidDataException">The file cannot be read or understood: the agent must not start.</exception>
    public static AgentOptions Apply(AgentOptions options, string path, out string? warning)
    {
        ArgumentNullException.ThrowIfNull(options);
        warning = null;
        if (!options.GpuSupport)
        {
            return options;
        }

        try
        {
            var info = JsonSerializer.Deserialize(File.ReadAllBytes(path), GpuInfoJsonContext.Default.GpuInfo) ?? new GpuInfo();
            return options with { GpuDriverVersion = info.DriverVersion, GpuIds = [.. info.GPUIDs ?? []] };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            warning = $"ECS_ENABLE_GPU_SUPPORT is on and {path} does not exist: no task gets a GPU of this machine";
            return options;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"ECS_ENABLE_GPU_SUPPORT: {path} does not tell of the GPUs: {e.Message}", e);
        }
    }
}
