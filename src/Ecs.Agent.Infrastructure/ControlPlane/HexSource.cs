namespace Ecs.Agent.Infrastructure.ControlPlane;

/// <summary>Twenty random lower-case hexadecimal digits, new ones at each call.</summary>
public delegate string HexSource();
