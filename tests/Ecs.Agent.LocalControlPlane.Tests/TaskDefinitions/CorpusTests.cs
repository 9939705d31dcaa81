using Ecs.Agent.LocalControlPlane.TaskDefinitions;

namespace Ecs.Agent.LocalControlPlane.Tests.TaskDefinitions;

public sealed class CorpusTests
{
    // Templates that the service, too, refuses until their names and sizes are filled in: file, and the members that still have to be.
    private static readonly Dictionary<string, string[]> Templates = new()
    {
        ["034-datadog-managed-instances-daemon-apm.json"] = ["family"],
        ["043-ecspresso-firelens-newrelic-secretoptions.json"] =
            ["family", "cpu", "memory", "containerDefinitions[0].name", "containerDefinitions[0].image", "containerDefinitions[1].image"],
        ["044-ecspresso-version-consistency.json"] =
            ["family", "cpu", "memory", "containerDefinitions[0].name", "containerDefinitions[0].image", "containerDefinitions[1].image"],
        ["069-sftp-s3files-restartpolicy.json"] = ["family"],
        ["079-xray-daemon-links-udp.json"] = ["containerDefinitions[1].name"],
    };

    public static IEnumerable<TheoryDataRow<string>> Valid => Corpus.Files("valid").Select(file => new TheoryDataRow<string>(file));

    [Theory]
    [MemberData(nameof(Valid))]
    public void Validate_ValidCorpus_AcceptsAllButUnfilledTemplates(string file)
    {
        var problems = Corpus.Problems("valid", file);

        Assert.Equal(Templates.GetValueOrDefault(file, []), problems.Select(p => p.Path));
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void Validate_ValidCorpusFilledIn_IsAccepted(string file) => Assert.Empty(TaskDefinitionValidator.Validate(Corpus.Filled(file)));

    [Theory]
    [InlineData("034-datadog-managed-instances-daemon-apm.json", "Family contains invalid characters. Found '<TASK_NAME>'")]
    [InlineData("069-sftp-s3files-restartpolicy.json", "Family contains invalid characters. Found '${self.input.family}'")]
    [InlineData("079-xray-daemon-links-udp.json", "Container.name contains invalid characters. Found '<your-ecr-image-name>'")]
    [InlineData("043-ecspresso-firelens-newrelic-secretoptions.json", "Invalid 'cpu' setting for task. ")]
    public void Validate_Template_NamesThePlaceholder(string file, string message) =>
        Assert.Contains(Corpus.Problems("valid", file), p => p.Message.StartsWith(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("001-agent-container-health.json", "$", "Not JSON: line 14 column 13")]
    [InlineData("002-agent-domainname.json", "containerDefinitions[0].domainname", "Unknown member 'domainname'")]
    [InlineData("003-agent-network-stats.json", "networkMode",
        "Invalid value '$$$NETWORK_MODE$$$': must be one of bridge, host, awsvpc, none")]
    [InlineData("004-agent-nginx-awsvpc.json", "containerDefinitions[0].portBindings", "Unknown member 'portBindings'")]
    [InlineData("005-agent-service-connect-bridge.json", "$", "Not JSON: line 78 column 9")]
    [InlineData("006-agent-task-elastic-inference.json", "containerDefinitions[0].inferenceDevices", "Unknown member 'inferenceDevices'")]
    [InlineData("007-agent-task-shared-vol.json", "volumes[0].dockerVolumeConfiguration.autoprovision",
        "found the string \"false\", must be true or false")]
    [InlineData("008-agent-telemetry-windows.json", "$", "Not JSON: line 6 column 12")]
    [InlineData("009-all-container-fields-array-port-range.json", "containerDefinitions[0].links[0]", "database")]
    [InlineData("009-all-container-fields-array-port-range.json", "containerDefinitions[0].volumesFrom[0].sourceContainer", "database")]
    [InlineData("009-all-container-fields-array-port-range.json", "containerDefinitions[0].dependsOn[0].containerName", "database")]
    [InlineData("009-all-container-fields-array-port-range.json", "containerDefinitions[0].portMappings[0]", "cannot be used together")]
    [InlineData("010-awsvpc-host-port-differs.json", "containerDefinitions[0].portMappings[0].hostPort",
        "When networkMode=awsvpc, the host ports and container ports in port mappings must match.")]
    [InlineData("011-cli-skeleton-empty-strings.json", "tags[0].key", "Tag key")]
    [InlineData("011-cli-skeleton-empty-strings.json", "family", "Family should not be null or empty.")]
    [InlineData("011-cli-skeleton-empty-strings.json", "containerDefinitions[0].image", "Container.image should not be null or empty.")]
    [InlineData("011-cli-skeleton-empty-strings.json", "containerDefinitions[0].links", "Links are not supported when networkMode=none.")]
    [InlineData("011-cli-skeleton-empty-strings.json", "containerDefinitions[0].memory", "'memory' must be at least 6 MiB")]
    [InlineData("012-container-port-as-string.json", "containerDefinitions[0].portMappings[0].containerPort",
        "found the string \"3000\", must be an integer")]
    [InlineData("013-cwagent-prometheus-mustache-enums.json", "networkMode", "Invalid value '{{networkmode}}'")]
    [InlineData("013-cwagent-prometheus-mustache-enums.json", "requiresCompatibilities[0]", "Invalid value '{{launchtype}}'")]
    [InlineData("014-docs-appmesh-proxy-dependson.json", "containerDefinitions[0].memory",
        "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified.")]
    [InlineData("014-docs-appmesh-proxy-dependson.json", "containerDefinitions[1].memory", "Invalid setting for container 'envoy'.")]
    [InlineData("015-docs-cli-skeleton.json", "tags[0].key", "Tag key")]
    [InlineData("015-docs-cli-skeleton.json", "containerDefinitions[0].image", "Container.image should not be null or empty.")]
    [InlineData("015-docs-cli-skeleton.json", "volumes[0].efsVolumeConfiguration.transitEncryption", "must be ENABLED")]
    [InlineData("016-docs-docker-volumes-schema-words.json", "$", "Not JSON: line 8 column 33")]
    [InlineData("017-dollar-bare-numbers-no-family.json", "$", "Not JSON: line 9 column 34")]
    [InlineData("018-double-comma-postgres-rexray.json", "$", "Not JSON: line 8 column 54")]
    [InlineData("019-ecspresso-bot-empty-ipc-pid-mode.json", "ipcMode", "Invalid value '': must be one of host, task, none")]
    [InlineData("019-ecspresso-bot-empty-ipc-pid-mode.json", "pidMode", "Invalid value '': must be one of host, task")]
    [InlineData("020-efs-root-directory-with-access-point.json", "_offlineAcceptanceNotes", "Unknown member")]
    [InlineData("021-fargate-incompatible-options.json", "containerDefinitions[0].links[0]", "'db'")]
    [InlineData("022-firelens-dynatrace-missing-comma.json", "$", "Not JSON: line 34 column 20")]
    [InlineData("023-firelens-logstash-portmappings-object.json", "containerDefinitions[1].portMappings",
        "found an object, must be a list")]
    [InlineData("024-firelens-signalfx-secretoptions-object.json", "containerDefinitions[1].logConfiguration.secretOptions",
        "found an object, must be a list")]
    [InlineData("025-fluent-bit-load-test-bare-placeholder.json", "$", "Not JSON: line 60 column 24")]
    [InlineData("026-fsx-trailing-comma-old-field-names.json", "$", "Not JSON: line 30 column 13")]
    [InlineData("027-link-to-missing-container.json", "containerDefinitions[1].links[0]", "'app-container'")]
    [InlineData("028-mustache-bare-number-array.json", "$", "Not JSON: line 8 column 27")]
    [InlineData("029-no-container-definitions.json", "containerDefinitions", "Missing required member 'containerDefinitions'")]
    [InlineData("030-otel-daemon-bare-mustache-command.json", "$", "Not JSON: line 16 column 10")]
    [InlineData("031-placeholder-string-types.json", "volumes[1].dockerVolumeConfiguration.driverOpts",
        "found a string, must be an object of strings")]
    [InlineData("031-placeholder-string-types.json", "containerDefinitions[0].logConfiguration.logDriver", "Invalid value 'string'")]
    [InlineData("031-placeholder-string-types.json", "placementConstraints[0].type", "must be one of memberOf")]
    [InlineData("032-sample-tomcat-ec2.json", "containerDefinitions[0].portMappings[0].hostPort",
        "Found hostPort 80 and containerPort 8080.")]
    [InlineData("033-shell-prompt-before-describe.json", "$", "Not JSON: line 1 column")]
    [InlineData("034-terraform-bare-number-gelf-array.json", "$", "Not JSON: line 11 column 26")]
    [InlineData("035-terraform-bare-numbers-datadog-array.json", "$", "Not JSON: line 6 column 12")]
    [InlineData("036-terraform-bare-numbers-restartpolicy-array.json", "$", "Not JSON: line 5 column 12")]
    public void Validate_InvalidCorpus_NamesTheMistake(string file, string path, string message)
    {
        var problems = Corpus.Problems("invalid", file);

        Assert.Contains(problems, p => p.Path == path && p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Corpus_HasEveryFile()
    {
        Assert.Equal(80, Corpus.Files("valid").Count());
        Assert.Equal(36, Corpus.Files("invalid").Count());
    }
}
