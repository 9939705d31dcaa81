using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;
using Ecs.Agent.Protocol.Acs;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.TaskDefinitions;

/// <summary>
/// Nothing in a definition is ever ignored silently. Every member of the schema has exactly one fate, and the fate is proved by changing
/// the
/// member in a definition that has them all: a translated member changes the payload, an adapted one the notes, a required capability what
/// an instance must have. Metadata changes none of them, for the reason given here.
/// </summary>
public sealed partial class SchemaCoverageTests
{
    private enum Fate
    {
        Translated,
        Adapted,
        RequiredCapability,
        Metadata,
    }

    /// <summary>What is not simply translated. An entry covers the members below it.</summary>
    private static readonly Dictionary<string, (Fate Fate, string Why)> Exceptions = new()
    {
        ["taskRoleArn"] = (Fate.Adapted, "no AWS account"),
        ["executionRoleArn"] = (Fate.Adapted, "no AWS account"),
        ["ephemeralStorage"] = (Fate.Adapted, "size not enforced"),
        ["proxyConfiguration"] = (Fate.Adapted, "no App Mesh"),
        ["inferenceAccelerators"] = (Fate.Adapted, "no Elastic Inference"),
        ["placementConstraints"] = (Fate.Metadata, "the scheduler compares them with the instances"),
        ["enableFaultInjection"] = (Fate.Adapted, "not offered"),
        ["containerDefinitions[].repositoryCredentials"] = (Fate.Adapted, "no Secrets Manager to ask for the password"),
        ["containerDefinitions[].firelensConfiguration"] = (Fate.Adapted, "no FireLens"),
        ["volumes[].configuredAtLaunch"] = (Fate.Adapted, "no EBS"),
        ["containerDefinitions[].resourceRequirements"] = (Fate.RequiredCapability, "GPUs are matched at placement"),
        ["runtimePlatform"] = (Fate.RequiredCapability, "matched at placement; Windows is a problem"),
        ["tags"] = (Fate.Metadata, "kept by the control plane with the revision; an agent never sees them"),
        ["requiresCompatibilities"] = (Fate.Metadata, "checked when registering; RunTask chooses the launch type"),
        ["containerDefinitions[].versionConsistency"] = (Fate.Metadata,
            "concerns service deployments; a single task resolves its image once"),
        ["containerDefinitions[].portMappings[].name"] = (Fate.Metadata,
            "read by Service Connect and VPC Lattice, which serve services only"),
        ["containerDefinitions[].portMappings[].appProtocol"] = (Fate.Metadata, "read by Service Connect, which serves services only"),
    };

    // Taking these away would leave what ECS assumes, so they are given another value instead.
    private static readonly Dictionary<string, JsonNode> OtherValues = new()
    {
        ["family"] = "other",
        ["networkMode"] = "host",
        ["containerDefinitions[].name"] = "other",
        ["containerDefinitions[].essential"] = true,
        ["containerDefinitions[].cpu"] = 11,
        ["containerDefinitions[].portMappings[].protocol"] = "udp",
        ["containerDefinitions[].mountPoints[].readOnly"] = false,
        ["containerDefinitions[].volumesFrom[].readOnly"] = false,
        ["containerDefinitions[].linuxParameters.devices[].permissions"] = new JsonArray("read"),
        ["containerDefinitions[].logConfiguration.logDriver"] = "awslogs",
        ["containerDefinitions[].healthCheck.interval"] = 31,
        ["containerDefinitions[].healthCheck.timeout"] = 6,
        ["containerDefinitions[].healthCheck.retries"] = 4,
        ["volumes[].dockerVolumeConfiguration.scope"] = "shared",
        ["volumes[].dockerVolumeConfiguration.driver"] = "other",
        ["volumes[].efsVolumeConfiguration.rootDirectory"] = "/other",
    };

    private const string Everything = """
        {"family":"shop","taskRoleArn":"t","executionRoleArn":"e","networkMode":"bridge","cpu":"512","memory":"1024","pidMode":"task",
          "ipcMode":"task",
         "requiresCompatibilities":["EC2"],"tags":[{"key":"k","value":"v"}],"placementConstraints":[{"type":"memberOf","expression":"x"}],
         "proxyConfiguration":{"type":"APPMESH","containerName":"web","properties":[{"name":"n","value":"v"}]},
         "inferenceAccelerators":[{"deviceName":"d","deviceType":"t"}],"ephemeralStorage":{"sizeInGiB":30},
         "runtimePlatform":{"cpuArchitecture":"ARM64","operatingSystemFamily":"WINDOWS_SERVER_2022_CORE"},"enableFaultInjection":true,
         "volumes":[{"name":"h","host":{"sourcePath":"/h"}},
           {"name":"d","dockerVolumeConfiguration":{"scope":"task","autoprovision":true,"driver":"local","driverOpts":{"a":"b"},
             "labels":{"c":"d"}}},
           {"name":"e","efsVolumeConfiguration":{"fileSystemId":"f","rootDirectory":"/","transitEncryption":"ENABLED",
             "transitEncryptionPort":9,
             "authorizationConfig":{"accessPointId":"p","iam":"ENABLED"}}},
           {"name":"s","s3filesVolumeConfiguration":{"fileSystemArn":"arn:x/f","rootDirectory":"/","transitEncryptionPort":5,
             "accessPointArn":"arn:x/p"}},
           {"name":"x","fsxWindowsFileServerVolumeConfiguration":{"fileSystemId":"f","rootDirectory":"r",
             "authorizationConfig":{"credentialsParameter":"c","domain":"d"}}},
           {"name":"c","configuredAtLaunch":true}],
         "containerDefinitions":[{"name":"web","image":"busybox","repositoryCredentials":{"credentialsParameter":"p"},"cpu":10,
           "memory":256,"memoryReservation":128,
           "links":["db"],"portMappings":[{"containerPort":80,"hostPort":8080,"protocol":"tcp","name":"n","appProtocol":"http"},
             {"containerPortRange":"90-91"}],
           "essential":false,"restartPolicy":{"enabled":true,"ignoredExitCodes":[0],"restartAttemptPeriod":60},"entryPoint":["e"],
             "command":["c"],
           "environment":[{"name":"E","value":"v"}],"environmentFiles":[{"type":"s3","value":"arn:aws:s3:::b/k.env"}],
           "mountPoints":[{"sourceVolume":"h","containerPath":"/h","readOnly":true}],"volumesFrom":[{"sourceContainer":"db",
             "readOnly":true}],
           "linuxParameters":{"capabilities":{"add":["A"],"drop":["D"]},"devices":[{"hostPath":"/dev/a","containerPath":"/dev/b",
             "permissions":["read","write"]}],
             "initProcessEnabled":true,"sharedMemorySize":9,"tmpfs":[{"containerPath":"/t","size":9,"mountOptions":["ro"]}],"maxSwap":9,
               "swappiness":9},
           "secrets":[{"name":"S","valueFrom":"p"}],"dependsOn":[{"containerName":"db","condition":"START"}],"startTimeout":9,
             "stopTimeout":9,
           "versionConsistency":"enabled","hostname":"h","user":"u","workingDirectory":"/w","disableNetworking":true,"privileged":true,
           "readonlyRootFilesystem":true,"dnsServers":["1.1.1.1"],"dnsSearchDomains":["a.b"],"extraHosts":[{"hostname":"h",
             "ipAddress":"1.2.3.4"}],
           "dockerSecurityOptions":["o"],"interactive":true,"pseudoTerminal":true,"dockerLabels":{"a":"b"},
           "ulimits":[{"name":"nofile","softLimit":1,"hardLimit":2}],
           "logConfiguration":{"logDriver":"json-file","options":{"max-size":"1m"},"secretOptions":[{"name":"x","valueFrom":"y"}]},
           "healthCheck":{"command":["CMD","x"],"interval":30,"timeout":5,"retries":3,"startPeriod":9},
           "systemControls":[{"namespace":"net.a","value":"1"}],"resourceRequirements":[{"type":"GPU","value":"1"}],
           "firelensConfiguration":{"type":"fluentbit","options":{"a":"b"}},"credentialSpecs":["credentialspec:x"]}]}
        """;

    public static IEnumerable<TheoryDataRow<string>> Members =>
        Paths(TaskDefinitionSchema.RegisterTaskDefinition, "").Select(path => new TheoryDataRow<string>(path));

    [Theory]
    [MemberData(nameof(Members))]
    public void Member_OfTheSchema_HasTheFateThatIsDeclared(string path)
    {
        // Below a member that is adapted or required as a whole, the whole decides.
        var covering = Exceptions.Keys.FirstOrDefault(entry => path == entry || path.StartsWith($"{entry}.", StringComparison.Ordinal)
            || path.StartsWith($"{entry}[]", StringComparison.Ordinal));
        var fate = covering is null ? Fate.Translated : Exceptions[covering].Fate;
        var before = Outcome.Of(JsonNode.Parse(Everything)!.AsObject());
        var after = Outcome.Of(Changed(covering ?? path));

        Assert.Equal(fate, (before.Payload != after.Payload, before.Notes != after.Notes, before.Required != after.Required) switch
        {
            (_, true, _) when fate == Fate.Adapted => Fate.Adapted,
            (true, _, _) => Fate.Translated,
            (false, false, true) => Fate.RequiredCapability,
            (false, true, _) => Fate.Adapted,
            _ => Fate.Metadata,
        });
    }

    [Fact]
    public void Everything_HasEveryMember()
    {
        var definition = JsonNode.Parse(Everything)!;

        Assert.All(Paths(TaskDefinitionSchema.RegisterTaskDefinition, ""), path => Assert.NotEmpty(Holders(definition, path)));
    }

    [Fact]
    public void Exceptions_NameMembersThatExist() =>
        Assert.Subset(Paths(TaskDefinitionSchema.RegisterTaskDefinition, "").ToHashSet(), Exceptions.Keys.Concat(OtherValues.Keys)
            .ToHashSet());

    /// <summary>Whether the local ECS has something to say of a member in the definition that has them all: a note or a refusal.</summary>
    internal static bool IsDifferentLocally(string member)
    {
        var definition = Definitions.Register(JsonNode.Parse(Everything)!.Deserialize(EcsApiJsonContext.Default.RegisterTaskDefinitionRequest)!);
        var container = definition.ContainerDefinitions![0];
        var adaptation = LocalAdaptation.Of(definition with
        {
            NetworkMode = "awsvpc",
            ContainerDefinitions =
            [
                container with
                {
                    Image = "123456789012.dkr.ecr.us-west-2.amazonaws.com/x",
                    PortMappings = [.. container.PortMappings!, .. container.PortMappings!],
                    LogConfiguration = container.LogConfiguration! with { LogDriver = "splunk" },
                    ResourceRequirements = [new ResourceRequirement { Type = "InferenceAccelerator", Value = "d" }],
                },
            ],
        });
        return adaptation.Notes.Select(note => note.Path).Concat(adaptation.Problems.Select(problem => problem.Path))
            .Select(path => Place().Replace(path, "[]"))
            .Any(path => path == member || member.StartsWith($"{path}.", StringComparison.Ordinal)
                || member.StartsWith($"{path}[]", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Place();

    private static IEnumerable<string> Paths(StructureKind shape, string parent) => shape.Members.SelectMany(member =>
    {
        var path = parent.Length == 0 ? member.Name : $"{parent}.{member.Name}";
        return member.Kind switch
        {
            StructureKind inner => Paths(inner, path).Prepend(path),
            ListKind { Element: StructureKind element } => Paths(element, $"{path}[]").Prepend(path),
            _ => [path],
        };
    });

    private static JsonObject Changed(string path)
    {
        var definition = JsonNode.Parse(Everything)!.AsObject();
        var name = path[(path.LastIndexOf('.') + 1)..];
        foreach (var holder in Holders(definition, path))
        {
            holder.Remove(name);
            if (OtherValues.TryGetValue(path, out var value))
            {
                holder[name] = value.DeepClone();
            }
        }

        return definition;
    }

    /// <summary>The objects that have the member at the end of the path.</summary>
    private static List<JsonObject> Holders(JsonNode definition, string path)
    {
        IEnumerable<JsonNode?> level = [definition];
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
        {
            level = part.EndsWith("[]", StringComparison.Ordinal)
                ? level.SelectMany(node => node?[part[..^2]]?.AsArray() ?? [])
                : level.Select(node => node?[part]);
        }

        return [.. level.OfType<JsonObject>().Where(node => node.ContainsKey(parts[^1]))];
    }

    private sealed record Outcome(string Payload, string Notes, string Required)
    {
        public static Outcome Of(JsonObject definition)
        {
            // Straight to the record: a changed definition need not be one that ECS would register.
            var request = definition.Deserialize(EcsApiJsonContext.Default.RegisterTaskDefinitionRequest)!;
            var adaptation = LocalAdaptation.Of(Definitions.Register(request));
            var task = PayloadTranslator.Translate(PayloadTranslatorTests.Payload(adaptation.Definition with
            {
                ContainerDefinitions = adaptation.Definition.ContainerDefinitions ?? [],
            }));
            return new Outcome(
                JsonSerializer.Serialize(task, AcsJsonContext.Default.AcsTask),
                string.Join('\n', adaptation.Notes),
                string.Join('\n', adaptation.RequiredAttributes.Select(a => $"{a.Name}={a.Value}")
                    .Concat(adaptation.Problems.Select(p => p.ToString()))));
        }
    }
}
