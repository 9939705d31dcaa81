namespace Ecs.Agent.Domain.Tasks;

/// <summary>Where a task stands with the CPU, memory and ports that it needs of this machine.</summary>
public enum HostResourceClaim
{
    /// <summary>Not asked for yet, or waiting in the queue.</summary>
    Waiting,

    /// <summary>The task holds them.</summary>
    Held,

    /// <summary>Given back, or never needed.</summary>
    Released,
}
