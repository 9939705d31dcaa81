using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Host.Logging;

/// <summary><c>ECS_LOGLEVEL</c>.</summary>
internal static class LogLevels
{
    public const string Variable = "ECS_LOGLEVEL";

    /// <summary>The level that the variable names; anything else, like nothing, is <c>info</c>.</summary>
    public static LogLevel Parse(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "debug" => LogLevel.Debug,
        "warn" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "crit" => LogLevel.Critical,
        "none" => LogLevel.None,
        _ => LogLevel.Information,
    };
}
