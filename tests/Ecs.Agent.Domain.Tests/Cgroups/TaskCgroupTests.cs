using Ecs.Agent.Domain.Cgroups;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Tests.Cgroups;

public sealed class TaskCgroupTests
{
    private const long MiB = 1048576;

    private static readonly TaskCgroupPolicy Policy = new(TimeSpan.FromMilliseconds(100), Pids: null);

    [Theory]
    [InlineData(0.5, 100, 50_000)]
    [InlineData(0.25, 100, 25_000)]
    [InlineData(2, 100, 200_000)]
    [InlineData(192, 100, 19_200_000)]
    [InlineData(0.125, 8, 1_000)]
    [InlineData(0.333, 100, 33_300)]
    [InlineData(0.0333, 8, 266)]
    public void Of_TaskCpu_IsAQuotaOfThePeriodAndNoShares(double vcpu, int periodMilliseconds, int quotaMicroseconds)
    {
        var period = TimeSpan.FromMilliseconds(periodMilliseconds);
        var cgroup = TaskCgroup.Of(Task(vcpu, 0, (100, 0)), new TaskCgroupPolicy(period, null));

        Assert.Equal(new CpuQuota(TimeSpan.FromMicroseconds(quotaMicroseconds), period), cgroup.CpuQuota);
        Assert.Null(cgroup.CpuShares);
    }

    [Theory]
    [InlineData(102, 100, 0)]
    [InlineData(4, 0, 0)]
    [InlineData(4, 1, 2)]
    [InlineData(262144, 200000, 200000)]
    [InlineData(262144, int.MaxValue, int.MaxValue)]
    public void Of_NoTaskCpu_HasTheSharesOfItsContainers(int shares, int first, int second)
    {
        var cgroup = TaskCgroup.Of(Task(0, 0, (first, 0), (second, 0)), Policy);

        Assert.Equal(shares, cgroup.CpuShares);
        Assert.Null(cgroup.CpuQuota);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(256, 256 * MiB)]
    [InlineData(125_952, 125_952 * MiB)]
    public void Of_TaskMemory_IsInBytes(int mib, long? bytes) => Assert.Equal(bytes, TaskCgroup.Of(Task(0, mib, (0, 0)), Policy).MemoryBytes);

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    public void Of_PidsOfThePolicy_AreTheTasks(int? pids) =>
        Assert.Equal(pids, TaskCgroup.Of(Task(0, 0, (0, 0)), Policy with { Pids = pids }).Pids);

    [Fact]
    public void Of_Arn_GivesTheId() => Assert.Equal("0a1b", TaskCgroup.Of(Task(0, 0, (0, 0)), Policy).TaskId);

    [Theory]
    [InlineData(0, 512, null)]
    [InlineData(512, 512, null)]
    [InlineData(256, 512, "task memory spec builder: container memory limit(512) greater than task memory limit(256)")]
    public void ProblemOf_ContainerWithMoreThanItsTask_IsNamed(int taskMemory, int containerMemory, string? problem) =>
        Assert.Equal(problem, TaskCgroup.ProblemOf(Task(0, taskMemory, (0, 4), (0, containerMemory))));

    private static TaskDefinition Task(double vcpu, int memory, params (int Cpu, int Memory)[] containers) => new()
    {
        Arn = "arn:aws:ecs:us-west-2:123456789012:task/lab/0a1b",
        Family = "fam",
        Version = "1",
        VCpu = vcpu,
        MemoryMiB = memory,
        Containers =
        [
            .. containers.Select((c, i) => new ContainerDefinition { Name = $"c{i}", Image = "i", Cpu = c.Cpu, MemoryMiB = c.Memory }),
        ],
    };
}
