using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Host.Logging;

/// <summary>One log entry as one line of <c>key=value</c> pairs in the order in which ECS operators know them: level, time, msg.</summary>
internal static class LogfmtLine
{
    public static string Format(LogLevel level, DateTimeOffset time, string category, string message, Exception? exception)
    {
        var line = new StringBuilder(96 + message.Length)
            .Append("level=").Append(NameOf(level))
            .Append(" time=").Append(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            .Append(" msg=");
        AppendQuoted(line, message);
        line.Append(" module=").Append(category[(category.LastIndexOf('.') + 1)..]);
        if (exception is not null)
        {
            line.Append(" error=");
            AppendQuoted(line, level >= LogLevel.Critical ? exception.ToString() : $"{exception.GetType().Name}: {exception.Message}");
        }

        return line.ToString();
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "critical",
    };

    // Whatever a message holds, an entry stays one line and its quotes stay closed.
    private static void AppendQuoted(StringBuilder line, string text)
    {
        line.Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => line.Append("\\\""),
                '\\' => line.Append("\\\\"),
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                '\t' => line.Append("\\t"),
                _ when char.IsControl(character) => line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => line.Append(character),
            };
        }

        line.Append('"');
    }
}
