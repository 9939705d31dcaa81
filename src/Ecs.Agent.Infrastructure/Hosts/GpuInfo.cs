namespace Ecs.Agent.Infrastructure.Hosts;

/// <summary>The content of <see cref="GpuInfoFile"/>; the names are the file's.</summary>
internal sealed class GpuInfo
{
    public string? DriverVersion { get; set; }

    public List<string>? GPUIDs { get; set; }
}
