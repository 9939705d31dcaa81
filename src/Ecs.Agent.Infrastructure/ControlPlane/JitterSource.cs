namespace Ecs.Agent.Infrastructure.ControlPlane;

/// <summary>Uniformly random numbers from 0 (inclusive) to 1 (exclusive).</summary>
public delegate double JitterSource();
