using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane;

/// <summary>How the embedded ECS presents itself. Nothing here is needed to get going: every member has a default.</summary>
public sealed record LocalControlPlaneOptions
{
    /// <summary>The port used when nothing else is said: free of the ports an ECS agent takes (51678 to 51680).</summary>
    public const int DefaultPort = 51700;

    /// <summary>The loopback TCP port that serves the ECS API, ACS and TCS. 0 takes any free port. Range 0 to 65535.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The region that ARNs carry.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The twelve-digit account id that ARNs carry.</summary>
    public string AccountId { get; init; } = "000000000000";

    /// <summary>
    /// How often agents get a heartbeat on ACS and TCS, below 60 s: agents give a connection up that was silent for a minute.
    /// </summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a STOPPED task can still be described. ECS keeps it for at least one hour.</summary>
    public TimeSpan StoppedTaskRetention { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The log drivers, such as <c>syslog</c>, that the agents here are set up for and that definitions therefore keep. Every other becomes
    /// <c>json-file</c>.
    /// </summary>
    public ImmutableArray<string> LoggingDrivers { get; init; } = [];

    /// <summary>How many tasks one payload message to an agent carries at most.</summary>
    public int TasksPerPayload { get; init; } = 10;

    /// <summary>Every option that is out of range, with its rule.</summary>
    internal IReadOnlyList<string> Problems() =>
    [
        .. Port is < 0 or > 65535 ? [$"{nameof(Port)} must be between 0 and 65535."] : Array.Empty<string>(),
        .. string.IsNullOrWhiteSpace(Region) ? [$"{nameof(Region)} must be given."] : Array.Empty<string>(),
        .. AccountId.Length != 12 || !AccountId.All(char.IsAsciiDigit)
            ? [$"{nameof(AccountId)} must have twelve digits."]
            : Array.Empty<string>(),
        .. HeartbeatInterval <= TimeSpan.Zero || HeartbeatInterval >= TimeSpan.FromMinutes(1)
            ? [$"{nameof(HeartbeatInterval)} must be more than 0 and less than 60 s."]
            : Array.Empty<string>(),
        .. StoppedTaskRetention < TimeSpan.Zero ? [$"{nameof(StoppedTaskRetention)} must not be negative."] : Array.Empty<string>(),
        .. TasksPerPayload < 1 ? [$"{nameof(TasksPerPayload)} must be at least 1."] : Array.Empty<string>(),
    ];
}
