using Ecs.Agent.Host.Logging;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Host.Tests.Logging;

public sealed class LogfmtLineTests
{
    private static readonly DateTimeOffset Time = new(2030, 1, 2, 4, 4, 5, 678, TimeSpan.FromHours(1));

    [Fact]
    public void Format_PlainMessage_IsLevelTimeMessageModule()
    {
        Assert.Equal(
            "level=info time=2030-01-02T03:04:05.678Z msg=\"Registered\" module=AcsSession",
            LogfmtLine.Format(LogLevel.Information, Time, "Ecs.Agent.AcsSession", "Registered", null));
    }

    [Fact]
    public void Format_LineEndsAndQuotes_StayInsideOneLine()
    {
        Assert.Equal(
            "level=warn time=2030-01-02T03:04:05.678Z msg=\"a \\\"b\\\" \\\\ c\\nlevel=info \\u001b[31m\" module=X",
            LogfmtLine.Format(LogLevel.Warning, Time, "X", "a \"b\" \\ c\nlevel=info \e[31m", null));
    }

    [Fact]
    public void Format_Exception_GivesItsTypeAndTextAndNoStackUnlessCritical()
    {
        Exception exception;
        try
        {
            throw new InvalidOperationException("it broke");
        }
        catch (InvalidOperationException thrown)
        {
            exception = thrown;
        }

        var error = LogfmtLine.Format(LogLevel.Error, Time, "X", "m", exception);
        var critical = LogfmtLine.Format(LogLevel.Critical, Time, "X", "m", exception);

        Assert.EndsWith("module=X error=\"InvalidOperationException: it broke\"", error, StringComparison.Ordinal);
        Assert.Contains(nameof(Format_Exception_GivesItsTypeAndTextAndNoStackUnlessCritical), critical, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', critical);
    }

    [Theory]
    [InlineData(null, LogLevel.Information)]
    [InlineData("", LogLevel.Information)]
    [InlineData("bogus", LogLevel.Information)]
    [InlineData("info", LogLevel.Information)]
    [InlineData(" DEBUG ", LogLevel.Debug)]
    [InlineData("warn", LogLevel.Warning)]
    [InlineData("error", LogLevel.Error)]
    [InlineData("crit", LogLevel.Critical)]
    [InlineData("none", LogLevel.None)]
    public void LogLevel_OfTheVariable_IsAsDocumented(string? text, LogLevel expected)
    {
        Assert.Equal(expected, LogLevels.Parse(text));
    }
}
