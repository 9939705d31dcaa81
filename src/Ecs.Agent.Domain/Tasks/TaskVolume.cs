using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Tasks;

/// <summary>One entry of a task's <c>volumes</c>.</summary>
public abstract record TaskVolume
{
    private TaskVolume()
    {
    }

    /// <summary>The name that mount points use.</summary>
    public required string Name { get; init; }

    /// <summary>A directory of the host.</summary>
    public sealed record Host : TaskVolume
    {
        public required string SourcePath { get; init; }
    }

    /// <summary>A Docker volume that lives and dies with the task; also what a host volume without a source path is.</summary>
    public sealed record TaskScoped : TaskVolume
    {
        /// <summary>The name in Docker: <c>ecs-family-revision-volume-hex</c>.</summary>
        public required string DockerName { get; init; }

        public string Driver { get; init; } = "local";

        public ImmutableSortedDictionary<string, string> DriverOptions { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

        public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
    }

    /// <summary>A Docker volume that outlives the task; its name in Docker is its name here.</summary>
    public sealed record Shared : TaskVolume
    {
        /// <summary>Whether the agent may create it when it is missing.</summary>
        public bool Autoprovision { get; init; }

        public string Driver { get; init; } = "local";

        public ImmutableSortedDictionary<string, string> DriverOptions { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

        public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
    }
}
