using Ecs.Agent.Infrastructure.Hosts;

namespace Ecs.Agent.Infrastructure.Tests.Hosts;

public sealed class HostCapacityTests
{
    [Theory]
    [InlineData("0-3", 4)]
    [InlineData("0", 1)]
    [InlineData("0-1,4,6-7", 5)]
    [InlineData("", 0)]
    [InlineData("a-b", 0)]
    [InlineData("3-1", 0)]
    public void CountCpus_List_CountsThem(string list, int count) => Assert.Equal(count, ProcFile.CountCpus(list));

    [Fact]
    public void From_ProcFiles_GivesUnitsAndMiB()
    {
        var capacity = HostCapacity.From(
            "Name:\tx\nCpus_allowed:\tf\nCpus_allowed_list:\t0-3\n", "MemTotal:       16315456 kB\nMemFree: 1 kB\n", 1000, 64);
        Assert.Equal(new HostCapacity(4096, 15933 - 1000), capacity);
    }

    [Fact]
    public void From_NothingReadable_FallsBackToTheProcessorCountAndNoMemory() =>
        Assert.Equal(new HostCapacity(2048, -5), HostCapacity.From("", "", 5, 2));

    [Fact]
    public void Read_ThisMachine_HasSomething()
    {
        var capacity = HostCapacityReader.Read(0);
        Assert.True(capacity.Cpu >= 1024);
        Assert.True(capacity.MemoryMiB > 0);
    }
}
