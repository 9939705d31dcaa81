using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Host.Logging;

/// <summary>Where log entries go and from which level on.</summary>
internal sealed record LogTarget(TextWriter Writer, LogLevel Level);
