using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Planning;

/// <summary>In which order the containers of a task are stopped: start order reversed, as a whole, whatever the conditions are.</summary>
public sealed class StopOrderTests
{
    /// <summary>Edges <c>dependant>dependency</c>, containers that run, and who is stopped in each round.</summary>
    public static TheoryData<string, string, string> Graphs { get; } = new()
    {
        { "", "abc", "abc" },
        { "b>a", "ab", "b a" },
        { "b>a c>b d>c", "abcd", "d c b a" },
        { "b>a c>a d>b d>c", "abcd", "d bc a" },
        { "c>a c>b", "abc", "c ab" },
        { "b>a c>a", "abc", "bc a" },
        { "b>a c>b", "ac", "c a" },
        { "b>a c>b", "ab", "b a" },
        { "b>a c>b", "a", "a" },
    };

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Stop_OfATask_GoesRoundByRound(string edges, string running, string rounds)
    {
        foreach (var condition in Enum.GetValues<DependencyCondition>())
        {
            var task = Stopping(edges, running, condition);
            foreach (var round in rounds.Split(' '))
            {
                task = Settle(task);
                Assert.Equal(round, string.Concat(Stops(task).Order()));
                task = round.Aggregate(task, (t, name) => t.Ended($"{name}", 143));
            }

            Assert.Equal(EcsTaskStatus.Stopped, Settle(task).Known);
        }
    }

    [Fact]
    public void Stop_DependantIsBeingStarted_WaitsForItToo()
    {
        var task = Placed(Container("a"), Container("b", true, On("a", DependencyCondition.Start))).Up("a").Created("b").StopRequested();

        Assert.DoesNotContain(
            task.Plan(T0, new TaskStep.StartContainer("b")).Steps, s => s.Kind == TaskStepKind.StopContainer);
    }

    [Fact]
    public void Stop_OfOneThatNeverRan_WaitsForNobody()
    {
        var task = Placed(Container("a"), Container("b", true, On("a", DependencyCondition.Create))).Up("b").StopRequested();

        Assert.Equal(ContainerStatus.Stopped, Settle(task).Of("a").Known);
        Assert.Equal(["b"], Stops(Settle(task)));
    }

    private static EcsTask Stopping(string edges, string running, DependencyCondition condition)
    {
        var pairs = edges.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var names = edges.Length == 0 ? running : string.Concat((edges + running).Where(char.IsAsciiLetter).Distinct().Order());
        var task = Placed([.. names.Select(name => Container(
            $"{name}", true, [.. pairs.Where(p => p[0] == name).Select(p => On($"{p[2]}", condition))]))]);
        return running.Aggregate(task, (t, name) => t.Up($"{name}")).StopRequested();
    }

    private static EcsTask Settle(EcsTask task)
    {
        while (task.Plan().Verdicts is { IsEmpty: false } verdicts)
        {
            task = verdicts.Aggregate(task, (t, verdict) => t.Apply(verdict));
        }

        return task;
    }

    private static IEnumerable<string> Stops(EcsTask task) =>
        task.Plan().Steps.Where(s => s.Kind == TaskStepKind.StopContainer).Select(s => s.Subject);
}
