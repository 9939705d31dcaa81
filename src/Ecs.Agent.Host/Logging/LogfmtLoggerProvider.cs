using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Host.Logging;

/// <summary>Writes log entries to one text writer, usually standard error, each at once.</summary>
internal sealed class LogfmtLoggerProvider(TextWriter writer, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _writing = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        lock (_writing)
        {
            writer.Flush();
        }
    }

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var line = LogfmtLine.Format(level, time.GetUtcNow(), category, message, exception);
        lock (_writing)
        {
            writer.WriteLine(line);
        }
    }

    private sealed class Logger(LogfmtLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                provider.Write(logLevel, category, formatter(state, exception), exception);
            }
        }
    }
}
