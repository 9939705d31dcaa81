using System.Collections.Immutable;
using System.Text.Json;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>A task's volume as it is stored.</summary>
internal sealed class VolumeRecord
{
    private const string Host = "host", TaskScoped = "task", Shared = "shared";

    public string Kind { get; set; } = "";

    public string Name { get; set; } = "";

    public string? SourcePath { get; set; }

    public string? DockerName { get; set; }

    public bool Autoprovision { get; set; }

    public string Driver { get; set; } = "local";

    public SortedDictionary<string, string> DriverOptions { get; set; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, string> Labels { get; set; } = new(StringComparer.Ordinal);

    public static VolumeRecord Of(TaskVolume volume) => volume switch
    {
        TaskVolume.Host host => new VolumeRecord { Kind = Host, Name = host.Name, SourcePath = host.SourcePath },
        TaskVolume.TaskScoped own => new VolumeRecord
        {
            Kind = TaskScoped,
            Name = own.Name,
            DockerName = own.DockerName,
            Driver = own.Driver,
            DriverOptions = Sorted(own.DriverOptions),
            Labels = Sorted(own.Labels),
        },
        TaskVolume.Shared shared => new VolumeRecord
        {
            Kind = Shared,
            Name = shared.Name,
            Autoprovision = shared.Autoprovision,
            Driver = shared.Driver,
            DriverOptions = Sorted(shared.DriverOptions),
            Labels = Sorted(shared.Labels),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(volume), volume.GetType().Name, "A kind of volume without a record."),
    };

    public TaskVolume ToVolume() => Kind switch
    {
        Host => new TaskVolume.Host { Name = Name, SourcePath = SourcePath ?? "" },
        TaskScoped => new TaskVolume.TaskScoped
        {
            Name = Name,
            DockerName = DockerName ?? throw new JsonException($"volume {Name} has no name in Docker"),
            Driver = Driver,
            DriverOptions = DriverOptions.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Labels = Labels.ToImmutableSortedDictionary(StringComparer.Ordinal),
        },
        Shared => new TaskVolume.Shared
        {
            Name = Name,
            Autoprovision = Autoprovision,
            Driver = Driver,
            DriverOptions = DriverOptions.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Labels = Labels.ToImmutableSortedDictionary(StringComparer.Ordinal),
        },
        _ => throw new JsonException($"volume {Name} is of the unknown kind '{Kind}'"),
    };

    /// <summary>The options of network file systems hold passwords.</summary>
    public void DropSecrets()
    {
        DriverOptions = new(StringComparer.Ordinal);
        Labels = new(StringComparer.Ordinal);
    }

    private static SortedDictionary<string, string> Sorted(ImmutableSortedDictionary<string, string> values) =>
        new(values, StringComparer.Ordinal);
}
