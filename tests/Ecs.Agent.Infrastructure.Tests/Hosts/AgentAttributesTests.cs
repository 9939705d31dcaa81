using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Infrastructure.Hosts;

namespace Ecs.Agent.Infrastructure.Tests.Hosts;

public sealed class AgentAttributesTests
{
    private static readonly AgentOptions Options = new() { Region = "eu-test-1" };

    private static readonly RuntimeInfo Runtime = new()
    {
        ServerVersion = "20.10.24",
        ApiVersion = "1.41",
        SupportedApiVersions = [.. Enumerable.Range(17, 25).Select(minor => $"1.{minor}")],
    };

    [Fact]
    public void Of_Defaults_AdvertisesExactlyWhatIsHonoured()
    {
        string[] expected =
        [
            "ecs.capability.private-registry-authentication.secretsmanager",
            "ecs.capability.secrets.ssm.environment-variables",
            "ecs.capability.secrets.ssm.bootstrap.log-driver",
            "ecs.capability.ecr-endpoint",
            "ecs.capability.secrets.asm.environment-variables",
            "ecs.capability.secrets.asm.bootstrap.log-driver",
            "ecs.capability.container-ordering",
            "ecs.capability.full-sync",
            "ecs.capability.env-files.s3",
            "ecs.capability.network.container-port-range",
            "ecs.capability.container-restart-policy",
            "com.amazonaws.ecs.capability.privileged-container",
            "com.amazonaws.ecs.capability.docker-remote-api.1.17",
            "com.amazonaws.ecs.capability.docker-remote-api.1.18",
            "com.amazonaws.ecs.capability.docker-remote-api.1.19",
            "com.amazonaws.ecs.capability.docker-remote-api.1.20",
            "com.amazonaws.ecs.capability.docker-remote-api.1.21",
            "com.amazonaws.ecs.capability.docker-remote-api.1.22",
            "com.amazonaws.ecs.capability.docker-remote-api.1.23",
            "com.amazonaws.ecs.capability.docker-remote-api.1.24",
            "com.amazonaws.ecs.capability.docker-remote-api.1.25",
            "com.amazonaws.ecs.capability.docker-remote-api.1.28",
            "com.amazonaws.ecs.capability.docker-remote-api.1.29",
            "com.amazonaws.ecs.capability.docker-remote-api.1.30",
            "com.amazonaws.ecs.capability.docker-remote-api.1.32",
            "com.amazonaws.ecs.capability.logging-driver.json-file",
            "com.amazonaws.ecs.capability.logging-driver.none",
            "com.amazonaws.ecs.capability.ecr-auth",
            "ecs.capability.execution-role-ecr-pull",
            "ecs.capability.container-health-check",
            "ecs.capability.docker-plugin.local",
            "ecs.capability.efs",
            "ecs.os-type=linux",
            "ecs.os-family=LINUX",
            "ecs.os-type-detailed=LINUX",
        ];
        Assert.Equal(expected, Texts(AgentAttributes.Of(Options, Runtime, HostAbilities.None, Architecture.X64, registeredBefore: false)));
    }

    [Fact]
    public void Of_CustomAttributes_ComeFirstAndOnlyAtTheFirstRegistration()
    {
        var options = Options with { InstanceAttributes = Options.InstanceAttributes.Add("rack", "7") };
        Assert.Equal("rack=7", Texts(AgentAttributes.Of(options, Runtime, HostAbilities.None, Architecture.X64, registeredBefore: false))[0]);
        Assert.DoesNotContain("rack=7", Texts(AgentAttributes.Of(options, Runtime, HostAbilities.None, Architecture.X64, registeredBefore: true)));
    }

    [Theory]
    [InlineData(Architecture.X64, "x86_64")]
    [InlineData(Architecture.X86, "i386")]
    [InlineData(Architecture.Arm64, "arm64")]
    public void Of_External_SaysSoAndNamesTheArchitecture(Architecture architecture, string name)
    {
        var texts = Texts(AgentAttributes.Of(Options with { External = true }, Runtime, HostAbilities.None, architecture, registeredBefore: true));
        Assert.Contains("ecs.capability.external", texts);
        Assert.Equal($"ecs.cpu-architecture={name}", texts[^1]);
    }

    [Fact]
    public void Of_SwitchesAndOldDocker_WithholdCapabilities()
    {
        var options = Options with
        {
            PrivilegedDisabled = true,
            DetailedOsFamily = "",
            SELinuxCapable = true,
            AppArmorCapable = true,
            LoggingDrivers = ["json-file", "journald", "awsfirelens", "splunk"],
        };
        var runtime = Runtime with { SupportedApiVersions = ["1.17", "1.18"] };
        var texts = Texts(AgentAttributes.Of(options, runtime, HostAbilities.None, Architecture.X64, registeredBefore: true));
        string[] expected =
        [
            "ecs.capability.private-registry-authentication.secretsmanager", "ecs.capability.secrets.ssm.environment-variables",
            "ecs.capability.secrets.ssm.bootstrap.log-driver", "ecs.capability.ecr-endpoint",
            "ecs.capability.secrets.asm.environment-variables", "ecs.capability.secrets.asm.bootstrap.log-driver",
            "ecs.capability.container-ordering", "ecs.capability.full-sync", "ecs.capability.env-files.s3",
            "ecs.capability.network.container-port-range",
            "ecs.capability.container-restart-policy", "com.amazonaws.ecs.capability.docker-remote-api.1.17",
            "com.amazonaws.ecs.capability.docker-remote-api.1.18", "com.amazonaws.ecs.capability.logging-driver.json-file",
            "com.amazonaws.ecs.capability.selinux", "com.amazonaws.ecs.capability.apparmor", "ecs.capability.docker-plugin.local", "ecs.capability.efs",
            "ecs.os-type=linux", "ecs.os-family=LINUX",
        ];
        Assert.Equal(expected, texts);
    }

    [Fact]
    public void Of_HealthCheckDisabled_IsNotAdvertised() => Assert.DoesNotContain(
        "ecs.capability.container-health-check",
        Texts(AgentAttributes.Of(Options with { DockerHealthCheckDisabled = true }, Runtime, HostAbilities.None, Architecture.X64, registeredBefore: true)));

    [Fact]
    public void Of_WhatTheMachineCanDo_IsAdvertised()
    {
        var host = new HostAbilities { TaskLimits = true, PauseContainers = true, VolumePlugins = ["nfs", "rexray/ebs", "rexray/ebs:latest"] };
        var options = Options with { VolumePluginCapabilities = ["efsAuth", ""] };
        string[] expected =
        [
            "ecs.capability.task-cpu-mem-limit", "ecs.capability.increased-task-cpu-limit", "com.amazonaws.ecs.capability.ecr-auth",
            "ecs.capability.execution-role-ecr-pull", "ecs.capability.container-health-check", "ecs.capability.docker-plugin.local",
            "ecs.capability.docker-plugin.nfs", "ecs.capability.docker-plugin.rexray/ebs",
            "ecs.capability.docker-plugin.rexray/ebs.latest", "ecs.capability.efs", "ecs.capability.efsAuth",
            "ecs.capability.pid-ipc-namespace-sharing",
        ];
        var texts = Texts(AgentAttributes.Of(options, Runtime, host, Architecture.X64, registeredBefore: true));
        Assert.Equal(expected, texts.SkipWhile(text => text != expected[0]).Take(expected.Length));
    }

    [Fact]
    public void Of_TaskLimitsWithADockerWithoutParents_AreNotAdvertised() => Assert.DoesNotContain(
        "ecs.capability.task-cpu-mem-limit",
        Texts(AgentAttributes.Of(
            Options,
            Runtime with { SupportedApiVersions = ["1.21"] },
            new HostAbilities { TaskLimits = true },
            Architecture.X64,
            registeredBefore: true)));

    [Theory]
    [InlineData("json-file", "1.18", "1.17")]
    [InlineData("syslog", "1.18", "1.17")]
    [InlineData("journald", "1.19", "1.18")]
    [InlineData("none", "1.19", "1.18")]
    [InlineData("gelf", "1.20", "1.19")]
    [InlineData("fluentd", "1.20", "1.19")]
    [InlineData("awslogs", "1.21", "1.20")]
    [InlineData("splunk", "1.22", "1.21")]
    [InlineData("logentries", "1.25", "1.24")]
    [InlineData("sumologic", "1.29", "1.28")]
    public void Of_LoggingDriver_IsAdvertisedFromItsApiVersionOn(string driver, string since, string before)
    {
        var options = Options with { LoggingDrivers = [driver] };
        string[] Found(string version) => [.. Texts(AgentAttributes.Of(
            options, Runtime with { SupportedApiVersions = [version] }, HostAbilities.None, Architecture.X64, registeredBefore: true))
            .Where(text => text.Contains("logging-driver", StringComparison.Ordinal))];

        Assert.Equal(["com.amazonaws.ecs.capability.logging-driver." + driver], Found(since));
        Assert.Empty(Found(before));
    }

    private static string[] Texts(ImmutableArray<KeyValuePair<string, string?>> attributes) =>
        [.. attributes.Select(attribute => attribute.Value is null ? attribute.Key : $"{attribute.Key}={attribute.Value}")];
}
