namespace Ecs.Agent.Host.Local;

/// <summary>What was asked for cannot be started. The text is for the user as it is.</summary>
internal sealed class LocalStartException(int exitCode, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>One of <see cref="CommandLine.ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
