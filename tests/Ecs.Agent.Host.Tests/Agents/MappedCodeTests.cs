using Ecs.Agent.Host.Agents;

namespace Ecs.Agent.Host.Tests.Agents;

public sealed class MappedCodeTests
{
    [Fact]
    public void Parse_CodeOfAFile_IsReleasable()
    {
        var mapping = MappedCode.Parse("00405000-00f7e000 r-xp 00004000 fe:00 1234                              /usr/bin/ecs-agent");

        Assert.Equal(((nint)0x405000, (nuint)0xb79000), mapping);
    }

    [Theory]
    [InlineData("017fc000-0251c000 rw-p 013f7000 fe:00 1234                              /usr/bin/ecs-agent")]
    [InlineData("00f7e000-013b0000 r--p 00b7d000 fe:00 1234                              /usr/bin/ecs-agent")]
    [InlineData("7ef1b8400000-7ef1b85bb000 r-xp 00000000 00:00 0 ")]
    [InlineData("7ffd1a5f2000-7ffd1a5f4000 r-xp 00000000 00:00 0                          [vdso]")]
    [InlineData("nonsense")]
    public void Parse_WhatTheKernelCouldNotReadAgain_IsKept(string line)
    {
        Assert.Null(MappedCode.Parse(line));
    }

    [Fact]
    public void Release_InARunningProcess_LeavesItRunning()
    {
        MappedCode.Release();

        Assert.Equal("still here", string.Join(' ', "still", "here"));
    }
}
