using System.Text.Json;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Infrastructure.Docker;
using Ecs.Agent.Infrastructure.Docker.Wire;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

public sealed class ContainerObserverTests
{
    private const string Never = "0001-01-01T00:00:00Z";
    private const string Then = "2026-03-01T10:00:00.123456789Z";

    [Theory]
    [InlineData(true, false, Then, Never, "", ObservedState.Running, null)]
    [InlineData(true, false, Then, Then, "", ObservedState.Running, null)]
    [InlineData(true, false, Never, Never, "boom", ObservedState.Running, null)]
    [InlineData(false, true, Then, Then, "", ObservedState.Stopped, 3)]
    [InlineData(false, true, Never, Never, "", ObservedState.Stopped, null)]
    [InlineData(false, false, Never, Never, "", ObservedState.Created, null)]
    [InlineData(false, false, Never, Never, "no such file", ObservedState.Stopped, null)]
    [InlineData(false, false, Then, Then, "", ObservedState.Stopped, 3)]
    [InlineData(false, false, Then, Never, "", ObservedState.Stopped, null)]
    public void Observe_State_RunningAloneDecides(
        bool running, bool dead, string started, string finished, string error, ObservedState expected, int? exitCode)
    {
        var observed = Observe(
            $$"""
            {"Running":{{Json(running)}},"Dead":{{Json(dead)}},"StartedAt":"{{started}}","FinishedAt":"{{finished}}","Error":"{{error}}","ExitCode":3}
            """);

        Assert.Equal((expected, exitCode), (observed.State, observed.ExitCode));
        Assert.Equal(started == Never, observed.StartedAt is null);
        Assert.Equal(finished == Never, observed.FinishedAt is null);
    }

    [Theory]
    [InlineData(false, "", null)]
    [InlineData(false, "exec failed", "DockerStateError: exec failed")]
    [InlineData(true, "", "OutOfMemoryError: Container killed due to memory usage")]
    [InlineData(true, "exec failed", "OutOfMemoryError: Container killed due to memory usage")]
    public void Observe_Error_OutOfMemoryWins(bool oom, string error, string? reason) => Assert.Equal(
        reason,
        Observe($$"""{"Running":false,"OOMKilled":{{Json(oom)}},"Error":"{{error}}","StartedAt":"{{Then}}"}""").Error?.Reason);

    [Theory]
    [InlineData(true, "healthy", HealthStatus.Healthy)]
    [InlineData(true, "unhealthy", HealthStatus.Unhealthy)]
    [InlineData(true, "starting", HealthStatus.Unknown)]
    [InlineData(true, "none", HealthStatus.Unknown)]
    [InlineData(false, "healthy", HealthStatus.Unknown)]
    public void Observe_Health_OnlyWhereItIsWatched(bool watched, string status, HealthStatus expected) => Assert.Equal(
        expected,
        Observe($$$"""{"Running":true,"Health":{"Status":"{{{status}}}"}}""", Sample.Container with { HasHealthCheck = watched }).Health);

    [Fact]
    public void Observe_NanosecondTimes_AreRead() => Assert.Equal(
        new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero).AddTicks(1234567),
        Observe($$"""{"Running":true,"StartedAt":"{{Then}}"}""").StartedAt);

    [Fact]
    public void NetworkBindings_SinglePorts_AreSortedAndIpv6LeftOut()
    {
        const string Ports = """
            {"81/udp":[{"HostIp":"","HostPort":"33"}],"443/tcp":null,"9/tcp":[],
             "80/tcp":[{"HostIp":"::","HostPort":"32"},{"HostIp":"0.0.0.0","HostPort":"31"}]}
            """;

        Assert.Equal(["0.0.0.0 80>31 Tcp", "0.0.0.0 81>33 Udp"], Bindings(Ports, excludeIpv6: true));
        Assert.Equal(["0.0.0.0 80>31 Tcp", ":: 80>32 Tcp", "0.0.0.0 81>33 Udp"], Bindings(Ports, excludeIpv6: false));
    }

    [Fact]
    public void NetworkBindings_Ranges_AreMergedPerAddressBehindSinglePorts()
    {
        const string Ports = """
            {"10/tcp":[{"HostIp":"0.0.0.0","HostPort":"98"},{"HostIp":"::","HostPort":"98"}],
             "9/tcp":[{"HostIp":"0.0.0.0","HostPort":"97"},{"HostIp":"::","HostPort":"97"}],
             "11/tcp":[{"HostIp":"0.0.0.0","HostPort":"99"},{"HostIp":"::","HostPort":"99"}],
             "10/udp":[{"HostIp":"0.0.0.0","HostPort":"5"}],"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"80"}]}
            """;

        Assert.Equal(
            ["0.0.0.0 10>5 Udp", "0.0.0.0 80>80 Tcp", "0.0.0.0 9-11>97-99 Tcp", ":: 9-11>97-99 Tcp"],
            Bindings(Ports, excludeIpv6: false, new PortMapping { ContainerPortRange = "9-11" }));
    }

    [Theory]
    [InlineData("""{"x/tcp":[{"HostIp":"","HostPort":"1"}]}""", "UnparsablePort: x")]
    [InlineData("""{"1/tcp":[{"HostIp":"","HostPort":"99999"}]}""", "UnparsablePort: 99999")]
    [InlineData("""{"1/sctp":[{"HostIp":"","HostPort":"1"}]}""", "UnrecognizedTransportProtocol: sctp")]
    public void NetworkBindings_Unreadable_NamesTheText(string ports, string reason) =>
        Assert.Equal(reason, Assert.Throws<RuntimeException>(() => Bindings(ports, excludeIpv6: false)).Error.Reason);

    private static string Json(bool value) => value ? "true" : "false";

    private static ContainerObservation Observe(string state, ContainerDefinition? definition = null) => ContainerObserver.Observe(
        JsonSerializer.Deserialize("{\"Id\":\"abc\",\"State\":" + state + "}", DockerJson.Default.InspectedContainer)!,
        definition ?? Sample.Container,
        excludeIpv6Bindings: true);

    private static string[] Bindings(string ports, bool excludeIpv6, params PortMapping[] mappings)
    {
        var inspected = JsonSerializer.Deserialize(
            "{\"State\":{},\"NetworkSettings\":{\"Ports\":" + ports + "}}", DockerJson.Default.InspectedContainer)!;
        var observed = ContainerObserver.Observe(inspected, Sample.Container with { PortMappings = [.. mappings] }, excludeIpv6);
        return [.. observed.NetworkBindings.Select(binding =>
            $"{binding.BindIp} {binding.ContainerPortRange ?? binding.ContainerPort.ToString()}>"
            + $"{binding.HostPortRange ?? binding.HostPort.ToString()} {binding.Protocol}")];
    }
}
