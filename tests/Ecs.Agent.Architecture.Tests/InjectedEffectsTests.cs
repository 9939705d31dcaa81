namespace Ecs.Agent.Architecture.Tests;

/// <summary>Time, chance and the environment reach the core from outside; the deterministic simulation depends on it.</summary>
public sealed class InjectedEffectsTests
{
    private static readonly string[] Banned =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.TimeProvider.get_System",
        "System.Diagnostics.Stopwatch.StartNew", "System.Diagnostics.Stopwatch.GetTimestamp", "System.Diagnostics.Stopwatch..ctor",
        "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
        "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.Random..ctor", "System.Random.get_Shared",
        "System.Security.Cryptography.RandomNumberGenerator.GetBytes", "System.Security.Cryptography.RandomNumberGenerator.Fill",
        "System.Environment.GetEnvironmentVariable", "System.Environment.GetEnvironmentVariables",
        "System.Threading.Thread.Sleep",
    ];

    [Theory]
    [InlineData("Ecs.Agent.Domain")]
    [InlineData("Ecs.Agent.Application")]
    [InlineData("Ecs.Agent.Protocol")]
    public void Core_CallsNoClockNoChanceNoEnvironment(string assembly)
    {
        Assert.Empty(CompiledAssembly.Read(assembly).UsedMembers.Intersect(Banned));
    }

    [Fact]
    public void BannedCalls_InThisVeryAssembly_AreFound()
    {
        _ = (DateTime.UtcNow, Guid.NewGuid(), Random.Shared, Environment.GetEnvironmentVariable("PATH"));

        var found = CompiledAssembly.Read("Ecs.Agent.Architecture.Tests").UsedMembers.Intersect(Banned);

        Assert.Superset(
            new HashSet<string>
            {
                "System.DateTime.get_UtcNow", "System.Guid.NewGuid", "System.Random.get_Shared", "System.Environment.GetEnvironmentVariable",
            },
            found.ToHashSet());
    }
}
