namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary><c>GET /volumes/{name}</c>. Options may hold a mount's password, so it does not print.</summary>
internal sealed record InspectedVolume(Dictionary<string, string>? Labels, Dictionary<string, string>? Options)
{
    public override string ToString() => nameof(InspectedVolume);
}
