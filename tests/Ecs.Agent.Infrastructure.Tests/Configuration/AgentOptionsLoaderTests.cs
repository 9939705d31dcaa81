using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Infrastructure.Configuration;

namespace Ecs.Agent.Infrastructure.Tests.Configuration;

public sealed class AgentOptionsLoaderTests
{
    [Fact]
    public void Load_RegionOnly_GivesTheDocumentedDefaults()
    {
        var result = Load();
        Assert.Empty(result.Warnings);
        Assert.Empty(result.Errors);
        var options = result.Options!;
        Assert.Equal("", options.Cluster);
        Assert.Null(options.BackendEndpoint);
        Assert.Equal(new Uri("unix:///var/run/docker.sock"), options.DockerHost);
        Assert.Equal(TimeSpan.FromSeconds(30), options.ContainerStopTimeout);
        Assert.Equal(TimeSpan.FromHours(3), options.TaskCleanupWait);
        Assert.Equal([22, 2375, 2376, 51678, 51679], options.ReservedTcpPorts);
        Assert.Equal(["json-file", "none"], options.LoggingDrivers);
        Assert.True(options.ExcludeIpv6PortBindings);
        Assert.Equal("LINUX", options.DetailedOsFamily);
        Assert.False(options.External);
    }

    [Fact]
    public void Load_EveryVariable_IsRead()
    {
        var result = Load(
            ("ECS_CLUSTER", " lab "), ("ECS_BACKEND_HOST", "http://127.0.0.1:8"), ("ECS_EXTERNAL", "true"),
            ("DOCKER_HOST", "tcp://127.0.0.1:2375"), ("ECS_CONTAINER_STOP_TIMEOUT", "90s"),
            ("ECS_CONTAINER_START_TIMEOUT", "5m"), ("ECS_CONTAINER_CREATE_TIMEOUT", "6m"), ("ECS_MANIFEST_PULL_TIMEOUT", "7m"),
            ("ECS_IMAGE_PULL_TIMEOUT", "8m"), ("ECS_IMAGE_PULL_INACTIVITY_TIMEOUT", "9m"), ("ECS_IMAGE_PULL_BEHAVIOR", "prefer-cached"),
            ("ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION", "1s"), ("ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER", "2s"),
            ("ECS_RESERVED_MEMORY", "64"), ("ECS_RESERVED_PORTS", "[1,2] trailing"), ("ECS_RESERVED_PORTS_UDP", "[53]"),
            ("ECS_INSTANCE_ATTRIBUTES", """{"rack":"1"}"""), ("ECS_CONTAINER_INSTANCE_TAGS", """{"team":"a","team":"b"}"""),
            ("ECS_AVAILABLE_LOGGING_DRIVERS", """["json-file","awslogs","awsfirelens"]"""), ("ECS_DISABLE_PRIVILEGED", "T"),
            ("ECS_DYNAMIC_HOST_PORT_RANGE", "100-200"), ("ECS_EXCLUDE_IPV6_PORTBINDING", "0"), ("ECS_DETAILED_OS_FAMILY", "debian_11"),
            ("ECS_SHARED_VOLUME_MATCH_FULL_CONFIG", "1"), ("ECS_PULL_DEPENDENT_CONTAINERS_UPFRONT", " TRUE "),
            ("ECS_SELINUX_CAPABLE", "t"), ("ECS_APPARMOR_CAPABLE", "t"), ("ECS_DISABLE_DOCKER_HEALTH_CHECK", "t"),
            ("ECS_ALTERNATE_CREDENTIAL_PROFILE", "other"), ("ECS_ENABLE_TASK_CPU_MEM_LIMIT", "true"), ("ECS_CGROUP_PATH", "/cgroup"),
            ("ECS_CGROUP_CPU_PERIOD", "8ms"), ("ECS_TASK_PIDS_LIMIT", " +4194304 "), ("ECS_PROPAGATE_TASK_MEMORY_LIMIT_CGROUPV2", "1"),
            ("ECS_VOLUME_PLUGIN_CAPABILITIES", """["efsAuth"]"""), ("ECS_PAUSE_LABELS", """{"team":"a"}"""));
        Assert.Empty(result.Warnings);
        Assert.Empty(result.Errors);
        var options = result.Options!;
        Assert.Equal("lab", options.Cluster);
        Assert.Equal(new Uri("http://127.0.0.1:8/"), options.BackendEndpoint);
        Assert.True(options.External);
        Assert.Equal(new Uri("tcp://127.0.0.1:2375"), options.DockerHost);
        Assert.Equal(TimeSpan.FromSeconds(90), options.ContainerStopTimeout);
        Assert.Equal(TimeSpan.FromMinutes(5), options.ContainerStartTimeout);
        Assert.Equal(TimeSpan.FromMinutes(6), options.ContainerCreateTimeout);
        Assert.Equal(TimeSpan.FromMinutes(7), options.ManifestPullTimeout);
        Assert.Equal(TimeSpan.FromMinutes(8), options.ImagePullTimeout);
        Assert.Equal(TimeSpan.FromMinutes(9), options.ImagePullInactivityTimeout);
        Assert.Equal(ImagePullBehavior.PreferCached, options.ImagePullBehavior);
        Assert.Equal(TimeSpan.FromSeconds(1), options.TaskCleanupWait);
        Assert.Equal(TimeSpan.FromSeconds(2), options.TaskCleanupWaitJitter);
        Assert.Equal(64, options.ReservedMemoryMiB);
        Assert.Equal([1, 2], options.ReservedTcpPorts);
        Assert.Equal([53], options.ReservedUdpPorts);
        Assert.Equal("1", options.InstanceAttributes["rack"]);
        Assert.Equal("b", options.InstanceTags["team"]);
        Assert.Equal(["json-file", "awslogs", "awsfirelens"], options.LoggingDrivers);
        Assert.True(options.PrivilegedDisabled);
        Assert.Equal((100, 200), options.DynamicHostPortRange);
        Assert.False(options.ExcludeIpv6PortBindings);
        Assert.Equal("debian_11", options.DetailedOsFamily);
        Assert.True(options.SharedVolumeMatchFullConfig);
        Assert.True(options.PullDependentContainersUpfront);
        Assert.True(options.SELinuxCapable);
        Assert.True(options.AppArmorCapable);
        Assert.True(options.DockerHealthCheckDisabled);
        Assert.Equal("other", options.AlternateCredentialProfile);
        Assert.Equal(TaskCgroupMode.Required, options.TaskCgroups);
        Assert.Equal("/cgroup", options.CgroupPath);
        Assert.Equal(TimeSpan.FromMilliseconds(8), options.CgroupCpuPeriod);
        Assert.Equal(4194304, options.TaskPidsLimit);
        Assert.True(options.TaskMemoryLimitPropagated);
        Assert.Equal(["efsAuth"], options.VolumePluginCapabilities);
        Assert.Equal("a", options.PauseLabels["team"]);
    }

    [Theory]
    [InlineData(null, TaskCgroupMode.WherePossible, 0)]
    [InlineData("", TaskCgroupMode.WherePossible, 0)]
    [InlineData("f", TaskCgroupMode.Off, 0)]
    [InlineData("1", TaskCgroupMode.Required, 0)]
    [InlineData("on", TaskCgroupMode.WherePossible, 1)]
    public void Load_TaskLimits_SaidAndNotSaidAreToldApart(string? value, TaskCgroupMode mode, int warnings)
    {
        var result = value is null ? Load() : Load(("ECS_ENABLE_TASK_CPU_MEM_LIMIT", value));
        Assert.Equal((mode, warnings), (result.Options!.TaskCgroups, result.Warnings.Length));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("4194305")]
    [InlineData("many")]
    public void Load_PidsLimitOutOfBounds_IsNoLimitWithAWarning(string value)
    {
        var result = Load(("ECS_TASK_PIDS_LIMIT", value));
        Assert.Equal(
            $"ECS_TASK_PIDS_LIMIT is '{value}' but must be a whole number from 1 to 4194304: the processes of tasks are not limited",
            Assert.Single(result.Warnings));
        Assert.Null(result.Options!.TaskPidsLimit);
    }

    [Theory]
    [InlineData("7ms")]
    [InlineData("101ms")]
    [InlineData("-8ms")]
    public void Load_CpuPeriodOutOfBounds_IsResetWithAWarning(string value)
    {
        var result = Load(("ECS_CGROUP_CPU_PERIOD", value));
        Assert.Equal(
            $"ECS_CGROUP_CPU_PERIOD is '{value}' but must be from 8ms to 100ms: using 100ms", Assert.Single(result.Warnings));
        Assert.Equal(TimeSpan.FromMilliseconds(100), result.Options!.CgroupCpuPeriod);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"a":1}""")]
    public void Load_PauseLabelsMalformed_AreNoneWithAWarning(string value)
    {
        var result = Load(("ECS_PAUSE_LABELS", value));
        Assert.Single(result.Warnings);
        Assert.Empty(result.Options!.PauseLabels);
    }

    [Theory]
    [InlineData("ECS_CONTAINER_STOP_TIMEOUT", "500ms", 1)]
    [InlineData("ECS_CONTAINER_STOP_TIMEOUT", "-5s", 1)]
    [InlineData("ECS_CONTAINER_START_TIMEOUT", "44s", 45)]
    [InlineData("ECS_CONTAINER_CREATE_TIMEOUT", "1s", 60)]
    [InlineData("ECS_MANIFEST_PULL_TIMEOUT", "1s", 30)]
    [InlineData("ECS_IMAGE_PULL_INACTIVITY_TIMEOUT", "59s", 60)]
    [InlineData("ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION", "999ms", 3 * 3600)]
    [InlineData("ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER", "-1s", 0)]
    [InlineData("ECS_CONTAINER_STOP_TIMEOUT", "30", 30)]
    public void Load_DurationOutOfBounds_IsMendedWithAWarning(string name, string value, int seconds)
    {
        var result = Load((name, value));
        Assert.Contains(name, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(seconds), DurationOf(result.Options!, name));
    }

    [Theory]
    [InlineData("0s")]
    [InlineData("")]
    public void Load_ZeroOrEmptyDuration_IsUnset(string value)
    {
        var result = Load(("ECS_CONTAINER_STOP_TIMEOUT", value));
        Assert.Empty(result.Warnings);
        Assert.Equal(TimeSpan.FromSeconds(30), result.Options!.ContainerStopTimeout);
    }

    [Fact]
    public void Load_NegativePullTimeout_LeavesNoTime() =>
        Assert.Equal(TimeSpan.FromTicks(1), Load(("ECS_IMAGE_PULL_TIMEOUT", "-1s")).Options!.ImagePullTimeout);

    [Theory]
    [InlineData("yes")]
    [InlineData("on")]
    [InlineData("tRUE")]
    [InlineData("2")]
    public void Load_InvalidSwitch_KeepsTheDefaultWithAWarning(string value)
    {
        var result = Load(("ECS_EXCLUDE_IPV6_PORTBINDING", value));
        Assert.Single(result.Warnings);
        Assert.True(result.Options!.ExcludeIpv6PortBindings);
    }

    [Theory]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData(" 1")]
    [InlineData("1_0")]
    public void Load_InvalidReservedMemory_IsZeroWithAWarning(string value)
    {
        var result = Load(("ECS_RESERVED_MEMORY", value));
        Assert.Single(result.Warnings);
        Assert.Equal(0, result.Options!.ReservedMemoryMiB);
    }

    [Fact]
    public void Load_WrongElementInAPortList_CountsAsZero()
    {
        var result = Load(("ECS_RESERVED_PORTS", "[22,70000,80]"));
        Assert.Single(result.Warnings);
        Assert.Equal([22, 0, 80], result.Options!.ReservedTcpPorts);
    }

    [Theory]
    [InlineData("[]", 0)]
    [InlineData("null", 0)]
    [InlineData("[22", 1)]
    [InlineData("22", 1)]
    public void Load_EmptyOrMalformedPortList_GivesTheDefaultList(string value, int warnings)
    {
        var result = Load(("ECS_RESERVED_PORTS", value));
        Assert.Equal(warnings, result.Warnings.Length);
        Assert.Equal([22, 2375, 2376, 51678, 51679], result.Options!.ReservedTcpPorts);
    }

    [Theory]
    [InlineData("5", 5, 5)]
    [InlineData("0-65535", 0, 65535)]
    public void Load_PortRange_IsInclusive(string value, int first, int last) =>
        Assert.Equal((first, last), Load(("ECS_DYNAMIC_HOST_PORT_RANGE", value)).Options!.DynamicHostPortRange);

    [Theory]
    [InlineData("200-100")]
    [InlineData("1-2-3")]
    [InlineData("1-70000")]
    [InlineData("a-b")]
    public void Load_WrongPortRange_IsUnsetWithAWarning(string value)
    {
        var result = Load(("ECS_DYNAMIC_HOST_PORT_RANGE", value));
        Assert.Single(result.Warnings);
        Assert.Null(result.Options!.DynamicHostPortRange);
    }

    [Fact]
    public void Load_SeveralFatalMistakes_NamesThemAll()
    {
        var result = AgentOptionsLoader.Load(new Dictionary<string, string>
        {
            ["ECS_INSTANCE_ATTRIBUTES"] = """{"a":1}""",
            ["ECS_CONTAINER_INSTANCE_TAGS"] = "[]",
            ["ECS_AVAILABLE_LOGGING_DRIVERS"] = """["json-file","nope","neither"]""",
            ["ECS_BACKEND_HOST"] = "http://",
            ["DOCKER_HOST"] = "nothing",
        });
        Assert.Null(result.Options);
        Assert.Contains("Missing required fields: AWSRegion", result.Errors);
        Assert.Contains("Invalid logging drivers: nope, neither", result.Errors);
        Assert.Contains(result.Errors, error => error.StartsWith("ECS_INSTANCE_ATTRIBUTES", StringComparison.Ordinal));
        Assert.Contains(result.Errors, error => error.StartsWith("ECS_CONTAINER_INSTANCE_TAGS", StringComparison.Ordinal));
        Assert.Contains(result.Errors, error => error.StartsWith("ECS_BACKEND_HOST", StringComparison.Ordinal));
        Assert.Contains(result.Errors, error => error.StartsWith("DOCKER_HOST", StringComparison.Ordinal));
        Assert.Equal(6, result.Errors.Length);
    }

    [Fact]
    public void Load_TextAfterAMap_IsFatal() => Assert.Single(Load(("ECS_INSTANCE_ATTRIBUTES", """{"a":"b"} x""")).Errors);

    [Fact]
    public void Load_BackendHostWithoutScheme_IsHttps() =>
        Assert.Equal(new Uri("https://ecs.example.net"), Load(("ECS_BACKEND_HOST", "ecs.example.net")).Options!.BackendEndpoint);

    [Fact]
    public void Load_DetailedOsFamilyPresentButEmpty_IsEmpty() =>
        Assert.Equal("", Load(("ECS_DETAILED_OS_FAMILY", "")).Options!.DetailedOsFamily);

    [Fact]
    public void Load_ImageCleanUp_HasTheDocumentedDefaults()
    {
        var options = Load().Options!;
        Assert.Equal(
            (false, TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(1), 5, 5, false),
            (options.ImageCleanupDisabled, options.ImageCleanupInterval, options.ImageMinimumCleanupAge, options.UntrackedImageMinimumCleanupAge,
                options.ImagesDeletedPerCycle, options.UntrackedContainersDeletedPerCycle, options.UntrackedCleanupEnabled));
        Assert.Empty(options.ImageCleanupExclusions);
        Assert.Equal((4, null, null), (options.ConcurrentImagePulls, options.ImageDiskMinFree, options.MaxStoppedContainers));
    }

    [Fact]
    public void Load_ImageCleanUp_IsRead()
    {
        var result = Load(
            ("ECS_DISABLE_IMAGE_CLEANUP", "true"), ("ECS_IMAGE_CLEANUP_INTERVAL", "10m"), ("ECS_IMAGE_MINIMUM_CLEANUP_AGE", "2h"),
            ("NON_ECS_IMAGE_MINIMUM_CLEANUP_AGE", "-3h"), ("ECS_NUM_IMAGES_DELETE_PER_CYCLE", "+7"),
            ("NONECS_NUM_CONTAINERS_DELETE_PER_CYCLE", "8"), ("ECS_ENABLE_UNTRACKED_IMAGE_CLEANUP", "1"),
            ("ECS_EXCLUDE_UNTRACKED_IMAGE", "a:1, b:2,"), ("ECS_CONCURRENT_IMAGE_PULLS", "2"), ("ECS_IMAGE_DISK_MIN_FREE", " 10GiB "),
            ("ECS_MAX_STOPPED_CONTAINERS", "0"));
        Assert.Empty(result.Warnings);
        Assert.Empty(result.Errors);
        var options = result.Options!;
        Assert.Equal(
            (true, TimeSpan.FromMinutes(10), TimeSpan.FromHours(2), TimeSpan.FromHours(-3), 7, 8, true),
            (options.ImageCleanupDisabled, options.ImageCleanupInterval, options.ImageMinimumCleanupAge, options.UntrackedImageMinimumCleanupAge,
                options.ImagesDeletedPerCycle, options.UntrackedContainersDeletedPerCycle, options.UntrackedCleanupEnabled));
        Assert.Equal(["a:1", " b:2", ""], options.ImageCleanupExclusions);
        Assert.Equal(
            (2, DiskWatermark.OfBytes(10L << 30), 0), (options.ConcurrentImagePulls, options.ImageDiskMinFree, options.MaxStoppedContainers));
    }

    [Theory]
    [InlineData("ECS_IMAGE_CLEANUP_INTERVAL", "9m59s", "ECS_IMAGE_CLEANUP_INTERVAL is '9m59s' but must be at least 10m: using 30m")]
    [InlineData("ECS_NUM_IMAGES_DELETE_PER_CYCLE", "-1", "ECS_NUM_IMAGES_DELETE_PER_CYCLE is '-1' but must be at least 1: using 5")]
    [InlineData("ECS_NUM_IMAGES_DELETE_PER_CYCLE", "0", null)]
    [InlineData("ECS_NUM_IMAGES_DELETE_PER_CYCLE", " 7", "ECS_NUM_IMAGES_DELETE_PER_CYCLE is ' 7' but must be a whole number: using the default")]
    [InlineData("ECS_NUM_IMAGES_DELETE_PER_CYCLE", "0x7", "ECS_NUM_IMAGES_DELETE_PER_CYCLE is '0x7' but must be a whole number: using the default")]
    [InlineData("NONECS_NUM_CONTAINERS_DELETE_PER_CYCLE", "0", null)]
    [InlineData("NONECS_NUM_CONTAINERS_DELETE_PER_CYCLE", "x", "NONECS_NUM_CONTAINERS_DELETE_PER_CYCLE is 'x' but must be a whole number: using the default")]
    [InlineData("ECS_CONCURRENT_IMAGE_PULLS", "-4", "ECS_CONCURRENT_IMAGE_PULLS is '-4' but must be at least 1: using 4")]
    public void Load_ImageCleanUpOutOfBounds_FallsBackToTheDefault(string name, string value, string? warning)
    {
        var result = Load((name, value));
        Assert.Equal(warning is null ? [] : [warning], result.Warnings);
        Assert.Equal(
            (TimeSpan.FromMinutes(30), 5, 5, 4),
            (result.Options!.ImageCleanupInterval, result.Options.ImagesDeletedPerCycle, result.Options.UntrackedContainersDeletedPerCycle,
                result.Options.ConcurrentImagePulls));
    }

    [Fact]
    public void Load_NegativeNumberOfContainers_IsNoLimit() =>
        Assert.Null(Load(("NONECS_NUM_CONTAINERS_DELETE_PER_CYCLE", "-1")).Options!.UntrackedContainersDeletedPerCycle);

    [Theory]
    [InlineData("1B", 1)]
    [InlineData("500MB", 500_000_000)]
    [InlineData("500 mb", 500_000_000)]
    [InlineData("10GiB", 10_737_418_240)]
    [InlineData("1.5kib", 1536)]
    [InlineData("2TB", 2_000_000_000_000)]
    public void Load_DiskMark_Amount(string text, long bytes) =>
        Assert.Equal(DiskWatermark.OfBytes(bytes), Load(("ECS_IMAGE_DISK_MIN_FREE", text)).Options!.ImageDiskMinFree);

    [Theory]
    [InlineData("15%", 15)]
    [InlineData("0.5 %", 0.5)]
    public void Load_DiskMark_Share(string text, double percent) =>
        Assert.Equal(DiskWatermark.OfPercent(percent), Load(("ECS_IMAGE_DISK_MIN_FREE", text)).Options!.ImageDiskMinFree);

    [Theory]
    [InlineData("ECS_IMAGE_DISK_MIN_FREE", "10")]
    [InlineData("ECS_IMAGE_DISK_MIN_FREE", "10G")]
    [InlineData("ECS_IMAGE_DISK_MIN_FREE", "-1GB")]
    [InlineData("ECS_IMAGE_DISK_MIN_FREE", "0%")]
    [InlineData("ECS_IMAGE_DISK_MIN_FREE", "100%")]
    [InlineData("ECS_IMAGE_DISK_MIN_FREE", "9999999999TiB")]
    [InlineData("ECS_IMAGE_DISK_MIN_FREE", "plenty")]
    [InlineData("ECS_MAX_STOPPED_CONTAINERS", "-1")]
    [InlineData("ECS_MAX_STOPPED_CONTAINERS", "many")]
    public void Load_OwnLimitThatCannotBeRead_IsAnError(string name, string value) =>
        Assert.StartsWith($"{name} is '{value}' but must be ", Assert.Single(Load((name, value)).Errors), StringComparison.Ordinal);

    [Fact]
    public void Load_VariablesWithoutEffect_AreNamedInOneWarning()
    {
        var warning = Assert.Single(Load(
            ("ECS_ENABLE_TASK_ENI", "true"), ("ECS_POLL_METRICS", "maybe"), ("ECS_LOG_OPTS", "top secret"),
            ("ECS_UPDATES_ENABLED", "false"), ("ECS_DISABLE_METRICS", "true")).Warnings);
        Assert.Equal("without effect in this build: ECS_ENABLE_TASK_ENI, ECS_POLL_METRICS, ECS_LOG_OPTS", warning);
    }

    [Fact]
    public void Load_VariableHandledByTheHost_IsNotWarnedOf()
    {
        var environment = new Dictionary<string, string> { ["AWS_DEFAULT_REGION"] = "eu-test-1", ["ECS_LOGLEVEL"] = "debug" };
        Assert.Single(AgentOptionsLoader.Load(environment).Warnings);
        Assert.Empty(AgentOptionsLoader.Load(environment, null, new HashSet<string> { "ECS_LOGLEVEL" }).Warnings);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(" ", null, true)]
    [InlineData("eu-test-1", null, false)]
    [InlineData(null, "true", false)]
    public void NeedsInstanceRegion_Environment_Decides(string? region, string? external, bool needed)
    {
        var environment = new Dictionary<string, string>();
        if (region is not null)
        {
            environment["AWS_DEFAULT_REGION"] = region;
        }

        if (external is not null)
        {
            environment["ECS_EXTERNAL"] = external;
        }

        Assert.Equal(needed, AgentOptionsLoader.NeedsInstanceRegion(environment));
    }

    [Fact]
    public void Load_InstanceRegion_IsUsedOnlyOnEc2()
    {
        Assert.Equal("eu-imds-1", AgentOptionsLoader.Load(new Dictionary<string, string>(), "eu-imds-1").Options!.Region);
        Assert.Equal(
            ["Missing required fields: AWSRegion"],
            AgentOptionsLoader.Load(new Dictionary<string, string> { ["ECS_EXTERNAL"] = "true" }, "eu-imds-1").Errors);
    }

    private static AgentOptionsResult Load(params (string Name, string Value)[] variables)
    {
        var environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        environment["AWS_DEFAULT_REGION"] = "eu-test-1";
        return AgentOptionsLoader.Load(environment);
    }

    private static TimeSpan DurationOf(AgentOptions options, string name) => name switch
    {
        "ECS_CONTAINER_STOP_TIMEOUT" => options.ContainerStopTimeout,
        "ECS_CONTAINER_START_TIMEOUT" => options.ContainerStartTimeout,
        "ECS_CONTAINER_CREATE_TIMEOUT" => options.ContainerCreateTimeout,
        "ECS_MANIFEST_PULL_TIMEOUT" => options.ManifestPullTimeout,
        "ECS_IMAGE_PULL_INACTIVITY_TIMEOUT" => options.ImagePullInactivityTimeout,
        "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION" => options.TaskCleanupWait,
        "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER" => options.TaskCleanupWaitJitter,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
