using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ecs.Agent.Protocol.Acs;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.Protocol.Tests;

/// <summary>The wire's own names, where a naming rule could go wrong.</summary>
public sealed class WireNamesTests
{
    [Fact]
    public void NetworkBinding_OnTheWire_SaysBindIP() => RoundTrip(
        """{"bindIP":"0.0.0.0","containerPort":80,"hostPort":8080,"protocol":"tcp"}""", EcsApiJsonContext.Default.NetworkBinding);

    [Fact]
    public void NetworkBinding_OfARange_LeavesTheSinglePortsOut() => RoundTrip(
        """{"bindIP":"0.0.0.0","protocol":"udp","containerPortRange":"9000-9003","hostPortRange":"32770-32773"}""",
        EcsApiJsonContext.Default.NetworkBinding);

    [Fact]
    public void ElasticNetworkInterface_OnTheWire_SaysEc2Id() => RoundTrip(
        """{"attachmentArn":"a","ec2Id":"eni-1","index":0,"ipv4Addresses":[{"primary":true,"privateAddress":"10.0.0.1"}],"macAddress":"02:00"}""",
        AcsJsonContext.Default.ElasticNetworkInterface);

    [Fact]
    public void EphemeralStorage_OnTheWire_SaysSizeInGiB() => RoundTrip("""{"sizeInGiB":21}""", EcsApiJsonContext.Default.EphemeralStorage);

    [Fact]
    public void Volume_OfS3Files_HasItsLowerCaseF() => RoundTrip(
        """{"name":"v","s3filesVolumeConfiguration":{"fileSystemArn":"arn"}}""", EcsApiJsonContext.Default.Volume);

    [Theory]
    [InlineData("""{"name":"v","efsVolumeConfiguration":{"fileSystemId":"fs-1"}}""")]
    [InlineData("""{"name":"v","fsxWindowsFileServerVolumeConfiguration":{"fileSystemId":"fs-1"}}""")]
    [InlineData("""{"name":"v","dockerVolumeConfiguration":{"scope":"shared","autoprovision":true,"driver":"local"}}""")]
    [InlineData("""{"name":"v","host":{"sourcePath":"/x"}}""")]
    public void Volume_OfAnyKind_KeepsItsMembers(string json) => RoundTrip(json, EcsApiJsonContext.Default.Volume);

    [Fact]
    public void EcsApiError_OnTheWire_SaysUnderscoreUnderscoreType() => RoundTrip(
        """{"__type":"ClientException","message":"no"}""", EcsApiJsonContext.Default.EcsApiError);

    [Fact]
    public void RegisterContainerInstance_OnTheWire_CarriesWhatOnlyAgentsSend() => RoundTrip(
        """
        {"cluster":"default","totalResources":[{"name":"CPU","type":"INTEGER","integerValue":2048},{"name":"PORTS_UDP","type":"STRINGSET","stringSetValue":[]}],"versionInfo":{"agentVersion":"1.0.0","agentHash":"abc","dockerVersion":"DockerVersion: 20.10"},"attributes":[{"name":"ecs.os-type","value":"linux"}],"clientToken":"t"}
        """,
        EcsApiJsonContext.Default.RegisterContainerInstanceRequest);

    [Fact]
    public void ContainerStateChange_OnTheWire_KeepsExitCodeZero() => RoundTrip(
        """{"containerName":"app","runtimeId":"id","exitCode":0,"status":"STOPPED"}""", EcsApiJsonContext.Default.ContainerStateChange);

    [Fact]
    public void SubmitTaskStateChange_WithNothingButItsStatus_LeavesNullsOut()
    {
        var request = new SubmitTaskStateChangeRequest { Cluster = "default", Task = "arn", Status = "STOPPED", Reason = "" };

        Assert.Equal(
            """{"cluster":"default","task":"arn","status":"STOPPED","reason":""}""",
            JsonSerializer.Serialize(request, EcsApiJsonContext.Default.SubmitTaskStateChangeRequest));
    }

    [Fact]
    public void AcsPayload_OnTheWire_KeepsAContainersMembers() => RoundTrip(
        """
        {"clusterArn":"c","containerInstanceArn":"ci","generatedAt":1,"messageId":"m","seqNum":3,"tasks":[{"arn":"t","containers":[{"cpu":10,"dependsOn":[{"condition":"HEALTHY","containerName":"db"}],"dockerConfig":{"config":"{}","hostConfig":"{}","version":"1.17"},"environment":{"A":"1"},"essential":true,"healthCheckType":"docker","image":"busybox","memory":64,"mountPoints":[],"name":"app","overrides":"{}","portMappings":[{"containerPort":80,"hostPort":0,"protocol":"tcp"}],"restartPolicy":{"enabled":true,"ignoredExitCodes":[0],"restartAttemptPeriod":60},"startTimeout":5,"stopTimeout":6,"volumesFrom":[]}],"desiredStatus":"RUNNING","family":"f","networkMode":"bridge","version":"1","volumes":[]}],"timeline":7}
        """,
        AcsJsonContext.Default.PayloadMessage);

    [Fact]
    public void AcsPayload_InAnyCase_IsRead()
    {
        var payload = JsonSerializer.Deserialize(
            """{"MessageID":"m","Tasks":[{"ARN":"t","DesiredStatus":"RUNNING","Containers":[{"Name":"app","StopTimeout":3}]}],"unheardOf":{"x":[1]}}""",
            AcsJsonContext.Default.PayloadMessage)!;

        Assert.Equal("m", payload.MessageId);
        Assert.Equal(("t", "RUNNING"), (payload.Tasks![0].Arn, payload.Tasks[0].DesiredStatus));
        Assert.Equal(("app", 3), (payload.Tasks[0].Containers![0].Name, payload.Tasks[0].Containers![0].StopTimeout));
    }

    [Fact]
    public void EveryShape_IsNamedInCamelCase()
    {
        foreach (
            var context in new IJsonTypeInfoResolver[] { EcsApiJsonContext.Default, AcsJsonContext.Default, Tcs.TcsJsonContext.Default })
        {
            var options = ((System.Text.Json.Serialization.JsonSerializerContext)context).Options;
            var shapes = typeof(EcsApiJsonContext).Assembly.GetExportedTypes().Where(
                t => t.Namespace == context.GetType().Namespace && t.IsSealed);
            var members = shapes.Select(t => context.GetTypeInfo(t, options)).OfType<JsonTypeInfo>().SelectMany(i => i.Properties).Select(p => p.Name).ToList(
                );

            Assert.True(members.Count > 50);
            Assert.All(members, name => Assert.True(name == "__type" || char.IsAsciiLetterLower(name[0]), name));
        }
    }

    /// <summary>Reads and writes: every member must come out again as it went in.</summary>
    private static void RoundTrip<T>(string json, JsonTypeInfo<T> type)
    {
        var value = JsonSerializer.Deserialize(json, type)!;
        using var before = JsonDocument.Parse(json);
        using var after = JsonDocument.Parse(JsonSerializer.Serialize(value, type));
        Assert.True(JsonElement.DeepEquals(before.RootElement, after.RootElement), after.RootElement.GetRawText());
    }
}
