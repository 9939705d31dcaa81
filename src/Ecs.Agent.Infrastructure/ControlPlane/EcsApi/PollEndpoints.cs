namespace Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

/// <summary>Where the websockets of this container instance are.</summary>
/// <param name="Acs">Base URL of the task channel, <c>http</c> or <c>https</c>.</param>
/// <param name="Telemetry">Base URL of the telemetry channel, likewise; null when the control plane named none.</param>
internal sealed record PollEndpoints(Uri Acs, Uri? Telemetry);
