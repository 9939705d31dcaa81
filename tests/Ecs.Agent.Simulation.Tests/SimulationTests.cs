using Ecs.Agent.Simulation.Tests.Scenarios;

namespace Ecs.Agent.Simulation.Tests;

public sealed class SimulationTests
{
    [Fact]
    public async Task Engine_UnderRandomScenarios_KeepsItsLaws()
    {
        var report = await Campaign.RunAsync(CampaignSettings.FromEnvironment(), TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(report.Summary);
        Assert.True(report.Failure is null, report.Failure);
    }

    [Fact]
    public async Task Scenario_PlayedTwice_PlaysTheSame()
    {
        var traces = await Task.Run(async () =>
        {
            var all = new List<(string, string)>();
            for (var seed = 1; seed <= 50; seed++)
            {
                var (_, first) = await Simulation.RunAsync(ScenarioGen.Generate(seed)).ConfigureAwait(false);
                var (_, second) = await Simulation.RunAsync(ScenarioGen.Generate(seed)).ConfigureAwait(false);
                all.Add((first.ToString(), second.ToString()));
            }

            return all;
        });

        Assert.All(traces, pair => Assert.Equal(pair.Item1, pair.Item2));
    }
}
