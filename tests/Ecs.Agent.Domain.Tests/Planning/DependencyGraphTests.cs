using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Planning;

public sealed class DependencyGraphTests
{
    [Fact]
    public void UnresolvableEdges_AChainInAnyOrder_AreNone() => Assert.Empty(DependencyGraph.UnresolvableEdges(Definition(
        Container("c", true, On("b", DependencyCondition.Success)),
        Container("b", false, On("a", DependencyCondition.Healthy)),
        Container("a", false) with { HasHealthCheck = true })));

    [Fact]
    public void UnresolvableEdges_MissingAndUnhealthable_AreAllNamed() => Assert.Equal(
        [
            "app -> gone (START): the task has no such container",
            "app -> side (HEALTHY): it has no health check",
        ],
        DependencyGraph.UnresolvableEdges(Definition(
            Container("app", true, On("gone", DependencyCondition.Start), On("side", DependencyCondition.Healthy)),
            Container("side", false))));

    [Fact]
    public void UnresolvableEdges_ACycle_NamesItsEdgesOnly() => Assert.Equal(
        ["a -> b (START): part of a cycle", "b -> a (COMPLETE): part of a cycle"],
        DependencyGraph.UnresolvableEdges(Definition(
            Container("a", true, On("b", DependencyCondition.Start), On("c", DependencyCondition.Start)),
            Container("b", true, On("a", DependencyCondition.Complete)),
            Container("c"))));

    [Fact]
    public void UnresolvableEdges_OnItself_IsACycle() => Assert.Equal(
        ["a -> a (START): part of a cycle"],
        DependencyGraph.UnresolvableEdges(Definition(Container("a", true, On("a", DependencyCondition.Start)))));
}
