namespace Ecs.Agent.Application.Runtime;

/// <summary>What may be done about a failure of the runtime.</summary>
public enum RuntimeFailureKind
{
    /// <summary>Asking again will not help: the request itself is wrong.</summary>
    Permanent,

    /// <summary>What was asked for does not exist.</summary>
    NotFound,

    /// <summary>It may work the next time: a busy daemon, a registry's 5xx, a reset connection.</summary>
    Temporary,

    /// <summary>No answer within the operation's limit; it may have happened all the same.</summary>
    TimedOut,

    /// <summary>The daemon cannot be reached at all.</summary>
    Unreachable,
}
