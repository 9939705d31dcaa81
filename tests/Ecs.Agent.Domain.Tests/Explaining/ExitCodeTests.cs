using Ecs.Agent.Domain.Explaining;

namespace Ecs.Agent.Domain.Tests.Explaining;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(0, "exit code 0")]
    [InlineData(1, "exit code 1")]
    [InlineData(125, "exit code 125 (Docker could not run the command)")]
    [InlineData(126, "exit code 126 (the command cannot be executed)")]
    [InlineData(127, "exit code 127 (the command was not found)")]
    [InlineData(128, "exit code 128")]
    [InlineData(129, "exit code 129 (SIGHUP)")]
    [InlineData(130, "exit code 130 (SIGINT)")]
    [InlineData(134, "exit code 134 (SIGABRT)")]
    [InlineData(137, "exit code 137 (SIGKILL)")]
    [InlineData(139, "exit code 139 (SIGSEGV)")]
    [InlineData(143, "exit code 143 (SIGTERM)")]
    [InlineData(159, "exit code 159 (SIGSYS)")]
    [InlineData(162, "exit code 162 (signal 34)")]
    [InlineData(192, "exit code 192 (signal 64)")]
    [InlineData(193, "exit code 193")]
    [InlineData(255, "exit code 255")]
    public void Describe_ExitCode_SaysWhatItStandsFor(int exitCode, string expected) => Assert.Equal(expected, ExitCode.Describe(exitCode));

    [Fact]
    public void Of_EverySignal_HasItsNumber()
    {
        for (var signal = 1; signal <= 64; signal++)
        {
            Assert.Equal(signal, Assert.IsType<ExitCode.Signal>(ExitCode.Of(128 + signal)).Value);
        }
    }
}
