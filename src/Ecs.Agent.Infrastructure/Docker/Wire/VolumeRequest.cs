namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>The body of <c>POST /volumes/create</c>.</summary>
internal sealed record VolumeRequest(
    string Name,
    string Driver,
    IReadOnlyDictionary<string, string> DriverOpts,
    IReadOnlyDictionary<string, string> Labels)
{
    public override string ToString() => $"VolumeRequest {{ Name = {Name} }}";
}
