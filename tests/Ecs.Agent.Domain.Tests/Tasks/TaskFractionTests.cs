using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Tasks;

public sealed class TaskFractionTests
{
    [Fact]
    public void Of_ManyTasks_IsSpreadEvenly()
    {
        var tenths = new int[10];
        for (var i = 0; i < 10_000; i++)
        {
            tenths[(int)(TaskFraction.Of($"arn:aws:ecs:eu-central-1:123456789012:task/default/{i:x32}") * 10)]++;
        }

        Assert.All(tenths, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void Of_ATask_IsTheSameInEveryProcess() => Assert.Equal(0.8083, TaskFraction.Of(Arn), 4);
}
