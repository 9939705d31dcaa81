using Amazon;
using Ecs.Agent.Application.Configuration;

namespace Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

/// <summary>Where the ECS API is.</summary>
internal static class EcsApiEndpoint
{
    /// <summary><c>ECS_BACKEND_HOST</c>, else the region's own endpoint in its partition.</summary>
    public static Uri Of(AgentOptions options) =>
        options.BackendEndpoint
        ?? new Uri($"https://ecs.{options.Region}.{RegionEndpoint.GetBySystemName(options.Region).PartitionDnsSuffix}/");
}
