namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>An <c>ECS_DATADIR</c> of a test's own.</summary>
internal sealed class StateDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ecs-data-").FullName;

    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?> { ["ECS_DATADIR"] = Path };

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
