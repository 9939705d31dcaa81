using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.Placement;
using Ecs.Agent.LocalControlPlane.Placement.Queries;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.Placement;

public sealed class ClusterQueryTests
{
    private static readonly ImmutableArray<EcsAttribute> Attributes =
        [new() { Name = "stack", Value = "prod" }, new() { Name = "ecs.instance-type", Value = "g2.large" }, new() { Name = "marker" }];

    private static readonly Candidate Instance = new(SampleState.Instance(1, attributes: Attributes), ["family:web", "service:api"]);

    [Theory]
    [InlineData("attribute:stack == prod", true)]
    [InlineData("attribute:stack equals prod", true)]
    [InlineData("attribute:stack != prod", false)]
    [InlineData("attribute:none != prod", true)]
    [InlineData("attribute:ecs.instance-type =~ g2.*", true)]
    [InlineData("attribute:ecs.instance-type =~ g2", false)]
    [InlineData("attribute:ecs.instance-type !~ t2.*", true)]
    [InlineData("attribute:stack in [test, prod]", true)]
    [InlineData("attribute:stack !in [test, prod]", false)]
    [InlineData("attribute:stack not_in (test)", true)]
    [InlineData("attribute:marker exists", true)]
    [InlineData("attribute:none exists", false)]
    [InlineData("attribute:none !exists", true)]
    [InlineData("attribute:stack == \"prod\"", true)]
    [InlineData("task:group == service:api", true)]
    [InlineData("not(task:group == service:api)", false)]
    [InlineData("runningTasksCount >= 2", true)]
    [InlineData("runningTasksCount < 2", false)]
    [InlineData("runningTasksCount > 10", false)]
    [InlineData("agentConnected == true", true)]
    [InlineData("registeredAt > 2026-01-01", true)]
    [InlineData("attribute:stack == test or attribute:stack == prod and agentConnected == true", true)]
    [InlineData("(attribute:stack == prod || agentConnected == false) && agentConnected == false", false)]
    public void Query_OnAnInstance_MatchesByTheGrammar(string query, bool expected) =>
        Assert.Equal(expected, ClusterQuery.Parse(query).Matches(Instance));

    [Theory]
    [InlineData("", "Expected a subject but found the end.")]
    [InlineData("attribute:stack", "Expected an operator but found the end.")]
    [InlineData("attribute:stack ==", "Expected a value but found the end.")]
    [InlineData("attribute:stack is prod", "'is' is not an operator.")]
    [InlineData("colour == red", "'colour' is not something an instance can be asked for.")]
    [InlineData("attribute:a == b c", "Unexpected 'c' after the end of the expression.")]
    [InlineData("(attribute:a == b", "Expected ')' but found 'the end'.")]
    [InlineData("attribute:a in b", "A list of values must stand in brackets.")]
    [InlineData("attribute:a =~ '('", "'(' is not a regular expression.")]
    [InlineData("attribute:a == 'b", "The quoted text at position 15 has no end.")]
    public void Query_BreakingTheGrammar_SaysWhere(string query, string message)
    {
        var problem = Assert.Throws<FormatException>(() => ClusterQuery.Parse(query));

        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }
}
