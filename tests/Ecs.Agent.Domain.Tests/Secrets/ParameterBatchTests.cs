using Ecs.Agent.Domain.Secrets;

namespace Ecs.Agent.Domain.Tests.Secrets;

public sealed class ParameterBatchTests
{
    [Fact]
    public void Of_ManyParameters_AsksForTenAtATimeRegionByRegion()
    {
        var secrets = Enumerable.Range(0, 23).Select(i => Parameter($"p{i}", i == 4 ? "eu-west-2" : "eu-west-1"));

        var batches = ParameterBatch.Of(secrets);

        Assert.Equal(
            [("eu-west-1", 10), ("eu-west-1", 10), ("eu-west-1", 2), ("eu-west-2", 1)],
            batches.Select(b => (b.Region, b.Names.Length)));
        Assert.Equal(["p0", "p1", "p2", "p3", "p5"], batches[0].Names.Take(5));
        Assert.Equal(["p4"], batches[3].Names);
    }

    [Fact]
    public void Of_TheSameParameterTwice_AsksOnce()
    {
        var batches = ParameterBatch.Of([Parameter("p", "eu-west-1"), Parameter("p", "eu-west-1") with { Name = "OTHER" }]);

        Assert.Equal(["p"], Assert.Single(batches).Names);
    }

    [Fact]
    public void Of_SecretsOfSecretsManager_IsNothing() =>
        Assert.Empty(ParameterBatch.Of([Parameter("p", "eu-west-1") with { Provider = SecretProvider.SecretsManager }]));

    private static SecretReference Parameter(string name, string region) => new() { Name = "V", ValueFrom = name, Region = region };
}
