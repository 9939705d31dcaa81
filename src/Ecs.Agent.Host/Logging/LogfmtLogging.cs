using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Host.Logging;

/// <summary>Sets logging up for this process.</summary>
internal static class LogfmtLogging
{
    public static ILoggingBuilder AddLogfmt(this ILoggingBuilder logging, LogTarget target)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(target.Level);

        // Of the web server only what goes wrong is of interest to anyone; each request would be a line.
        logging.AddFilter("Microsoft", target.Level > LogLevel.Warning ? target.Level : LogLevel.Warning);

        // Whoever runs an agent says how it failed, in one line instead of two.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.AddProvider(new LogfmtLoggerProvider(target.Writer, TimeProvider.System));
        return logging;
    }
}
