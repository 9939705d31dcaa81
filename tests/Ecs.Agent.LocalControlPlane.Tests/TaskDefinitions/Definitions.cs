using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.TaskDefinitions;

/// <summary>Small definitions to change one thing of.</summary>
internal static class Definitions
{
    public const string Arn = "arn:aws:ecs:eu-test-1:111122223333:task-definition/shop:9";

    public static RegisterTaskDefinitionRequest Request(string json)
    {
        var read = TaskDefinitionReader.Read(json, "file");
        Assert.True(read.Request is not null, string.Join('\n', read.Problems));
        return read.Request;
    }

    /// <summary>A request of one container, with members added to the task and to the container.</summary>
    public static RegisterTaskDefinitionRequest One(string container = "", string task = "") =>
        Request($$$"""
            {"family":"shop"{{{Comma(task)}}},
             "containerDefinitions":[{"name":"web","image":"busybox"{{{Comma(container)}}}}]}
            """);

    public static TaskDefinition Register(RegisterTaskDefinitionRequest request) =>
        TaskDefinitionRegistration.Register(request, Arn, 9, DateTimeOffset.UnixEpoch, "arn:aws:iam::111122223333:root");

    private static string Comma(string members) => members.Length == 0 ? "" : $",{members}";
}
