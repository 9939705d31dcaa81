using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Infrastructure.ControlPlane.Acs;
using Ecs.Agent.Infrastructure.Docker;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Support;
using Ecs.Agent.LocalControlPlane.Tests.TaskDefinitions;
using Ecs.Agent.Protocol.Acs;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.Infrastructure.Tests.TaskDefinitions;

/// <summary>From other people's task definitions to Docker's create request, by both sides of the wire.</summary>
public sealed class DefinitionToDockerTests
{
    private const string Suffix = "0123456789abcdef0123";

    public static IEnumerable<TheoryDataRow<string>> Valid => Corpus.Files("valid").Select(file => new TheoryDataRow<string>(file));

    [Theory]
    [MemberData(nameof(Valid))]
    public void Compose_ValidCorpus_CarriesEveryDockerMemberOfThePayload(string file)
    {
        var adaptation = LocalAdaptation.Of(Register(Corpus.Filled(file)));
        var payload = Payload(adaptation.Definition);
        var isRefused = adaptation.Problems.Any(problem => !problem.Path.StartsWith("runtimePlatform", StringComparison.Ordinal));
        Assert.Equal(NeedsAccount(payload), isRefused);
        if (isRefused)
        {
            // Not placed by the local ECS, so no agent sees it.
            return;
        }

        var translated = AcsTaskTranslator.Translate(payload, () => Suffix, new VolumeSettings("us-west-2", EfsAuthorized: false));
        Assert.Equal((null, null), (translated.Problem, translated.Unpreparable));
        Assert.All(payload.Containers!, container => AssertCarried(container, Request(container.Name!, translated.Task!)));
    }

    /// <summary>The words on the page are the agent's.</summary>
    [Theory]
    [InlineData("taskRoleArn", """ "taskRoleArn":"r" """, "", "roleCredentials")]
    [InlineData("proxyConfiguration", """ "proxyConfiguration":{"containerName":"web"} """, "", null)]
    [InlineData("enableFaultInjection", """ "enableFaultInjection":true """, "", null)]
    [InlineData("containerDefinitions[].firelensConfiguration", "", """ "firelensConfiguration":{"type":"fluentbit"} """, null)]
    [InlineData("containerDefinitions[].credentialSpecs", "", """ "credentialSpecs":["credentialspec:x"] """, null)]
    [InlineData("volumes[].fsxWindowsFileServerVolumeConfiguration",
        """
        "volumes":[{"name":"v","fsxWindowsFileServerVolumeConfiguration":{"fileSystemId":"f","rootDirectory":"r",
          "authorizationConfig":{"credentialsParameter":"c","domain":"d"}}}]
        """, "", null)]
    [InlineData("volumes[].configuredAtLaunch", """ "volumes":[{"name":"v","configuredAtLaunch":true}] """, "", "amazonebs")]
    public void Translate_RefusedMember_IsRefusedWithTheWordsOfThePage(string member, string task, string container, string? added)
    {
        var payload = Payload(Register(Read(task, container)));
        payload = added switch
        {
            "roleCredentials" => payload with { RoleCredentials = new IAMRoleCredentials { CredentialsId = "id" } },
            "amazonebs" => payload with
            {
                Attachments =
                [
                    new Protocol.Acs.Attachment
                    {
                        AttachmentType = "amazonebs",
                        AttachmentProperties = [new AttachmentProperty { Name = "volumeName", Value = "v" }],
                    },
                ],
            },
            _ => payload,
        };

        var translated = AcsTaskTranslator.Translate(payload, () => Suffix, new VolumeSettings("us-west-2", EfsAuthorized: false));
        var refusal = translated.Problem ?? translated.Unpreparable;

        var row = SupportTable.Find(member)!;
        Assert.Equal((MemberFate.Refused, refusal), (row.Fate, row.Text.Trim('`').Replace("<name>", "web", StringComparison.Ordinal)));
    }

    private static bool NeedsAccount(AcsTask payload) =>
        payload.Containers!.Any(container => container.Secrets is not null || container.EnvironmentFiles is not null)
        || payload.Volumes!.Any(volume => volume.Type is "efs" or "fsxWindowsFileServer" or "attachment");

    private static void AssertCarried(AcsContainer container, JsonObject request)
    {
        AssertContains(container.DockerConfig!.Config, request);
        AssertContains(container.DockerConfig.HostConfig, request["HostConfig"]!.AsObject());
        Assert.Equal(container.Image, (string)request["Image"]!);
        Assert.Equal(container.Command ?? [], Texts(request["Cmd"]));
        Assert.Equal(container.EntryPoint ?? [], Texts(request["Entrypoint"]));
        Assert.Equal(
            container.Environment!.Select(variable => $"{variable.Key}={variable.Value}").Order(StringComparer.Ordinal),
            Texts(request["Env"]).Order(StringComparer.Ordinal));
        Assert.Equal(container.MountPoints?.Count ?? 0, Texts(request["HostConfig"]!["Binds"]).Length);
        Assert.Equal(container.Memory * 1048576L, (long?)request["HostConfig"]!["Memory"] ?? 0);
    }

    /// <summary>What the control plane composed arrives word for word; labels and log options may have more beside it.</summary>
    private static void AssertContains(string? sent, JsonObject arrived)
    {
        foreach (var (name, value) in sent is null ? [] : JsonNode.Parse(sent)!.AsObject())
        {
            if (value is JsonObject map && arrived[name] is JsonObject whole)
            {
                AssertContains(map.ToJsonString(), whole);
            }
            else
            {
                Assert.True(JsonNode.DeepEquals(value, arrived[name]), $"{name}: {value} was sent, {arrived[name]} arrived");
            }
        }
    }

    private static string[] Texts(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(text => (string)text!)];

    private static JsonObject Request(string name, Domain.Tasks.TaskDefinition task)
    {
        var container = task.Containers.First(candidate => candidate.Name == name);
        return CreateRequestComposer.Compose(
            new ContainerCreation
            {
                DockerName = $"ecs-{name}",
                Task = task,
                Container = container,
                Cluster = "default",
                Environment = container.Environment,
                DockerNames = task.Containers.ToImmutableDictionary(other => other.Name, other => $"ecs-{other.Name}"),
                NamespacePauseId = "pause",
            },
            []);
    }

    private static AcsTask Payload(TaskDefinition definition)
    {
        var task = PayloadTranslator.Translate(new PayloadRequest
        {
            Definition = definition,
            TaskArn = "arn:aws:ecs:eu-test-1:111122223333:task/lab/5d0a77e1",
            ClusterArn = "arn:aws:ecs:eu-test-1:111122223333:cluster/lab",
            LaunchType = "EC2",
            AuthenticatesWithEcr = false,
            ContainerArns = [.. definition.ContainerDefinitions!.Select((_, index) => $"c{index}")],
        });
        return JsonSerializer.Deserialize(JsonSerializer.Serialize(task, AcsJsonContext.Default.AcsTask), AcsJsonContext.Default.AcsTask)!;
    }

    private static TaskDefinition Register(RegisterTaskDefinitionRequest request) => TaskDefinitionRegistration.Register(
        request, "arn:aws:ecs:eu-test-1:111122223333:task-definition/shop:9", 9, DateTimeOffset.UnixEpoch, "arn:aws:iam::111122223333:root");

    private static RegisterTaskDefinitionRequest Read(string task, string container) => TaskDefinitionReader.Read(
        $$"""
        {"family":"shop"{{(task.Length == 0 ? "" : $",{task}")}},
         "containerDefinitions":[{"name":"web","image":"busybox","memory":64{{(container.Length == 0 ? "" : $",{container}")}}}]}
        """, "shop").Request!;
}
