using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>The other task-level members.</summary>
internal static class TaskRules
{
    private const int MostTags = 50;
    private const int MostTagKeyLength = 128;
    private const int MostTagValueLength = 256;
    private const int MostPlacementConstraints = 10;
    private const int LeastEphemeralStorageGiB = 21;
    private const int MostEphemeralStorageGiB = 200;

    public static void Check(DefinitionRules rules)
    {
        CheckTags(rules);
        CheckPlacementConstraints(rules);
        CheckProxy(rules);
        CheckInferenceAccelerators(rules);
        rules.Range("ephemeralStorage.sizeInGiB", rules.Request.EphemeralStorage?.SizeInGiB, LeastEphemeralStorageGiB,
            MostEphemeralStorageGiB, "GiB");
        if (rules.Requires("EXTERNAL") && rules.NetworkMode == "awsvpc")
        {
            rules.Add("networkMode", "Network mode 'awsvpc' is not supported for the EXTERNAL launch type.");
        }

        if (rules.Request.ExecutionRoleArn is null && rules.Containers.Any(c => c.Secrets is { Count: > 0 }))
        {
            rules.Add("executionRoleArn",
                "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.");
        }
    }

    private static void CheckTags(DefinitionRules rules)
    {
        var tags = rules.Request.Tags ?? [];
        if (tags.Count > MostTags)
        {
            rules.Add("tags", $"Too many tags. Found {tags.Count}, at most {MostTags} are allowed.");
        }

        foreach (var (index, tag) in tags.Index())
        {
            CheckTag(rules, tag, JsonPath.Element("tags", index));
        }
    }

    private static void CheckTag(DefinitionRules rules, Tag tag, string path)
    {
        if (string.IsNullOrEmpty(tag.Key) || tag.Key.Length > MostTagKeyLength)
        {
            rules.Add(JsonPath.Member(path, "key"), $"Tag key must be 1 to {MostTagKeyLength} characters long.");
        }
        else if (tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
        {
            rules.Add(JsonPath.Member(path, "key"), "Tag keys must not begin with 'aws:', which is reserved.");
        }

        if (tag.Value?.Length > MostTagValueLength)
        {
            rules.Add(JsonPath.Member(path, "value"), $"Tag value must be at most {MostTagValueLength} characters long.");
        }
    }

    private static void CheckPlacementConstraints(DefinitionRules rules)
    {
        var constraints = rules.Request.PlacementConstraints ?? [];
        if (constraints.Count > MostPlacementConstraints)
        {
            rules.Add("placementConstraints",
                $"Found {constraints.Count} placement constraints, at most {MostPlacementConstraints} are allowed.");
        }

        foreach (var (index, constraint) in constraints.Index())
        {
            var path = JsonPath.Element("placementConstraints", index);
            rules.NotEmpty(JsonPath.Member(path, "type"), constraint.Type, "Placement constraint type");
            rules.NotEmpty(JsonPath.Member(path, "expression"), constraint.Expression, "Placement constraint expression");
        }
    }

    private static void CheckProxy(DefinitionRules rules)
    {
        if (rules.Request.ProxyConfiguration is not { } proxy)
        {
            return;
        }

        if (rules.NetworkMode != "awsvpc")
        {
            rules.Add("proxyConfiguration", "Network mode 'awsvpc' is required for a task definition with proxyConfiguration.");
        }

        if (rules.Container(proxy.ContainerName) is null)
        {
            rules.Add("proxyConfiguration.containerName",
                $"Proxy container '{proxy.ContainerName}' is not a container of the task definition.");
        }
    }

    private static void CheckInferenceAccelerators(DefinitionRules rules)
    {
        foreach (var (index, accelerator) in (rules.Request.InferenceAccelerators ?? []).Index())
        {
            var path = JsonPath.Element("inferenceAccelerators", index);
            rules.NotEmpty(JsonPath.Member(path, "deviceName"), accelerator.DeviceName, "InferenceAccelerator.deviceName");
            rules.NotEmpty(JsonPath.Member(path, "deviceType"), accelerator.DeviceType, "InferenceAccelerator.deviceType");
        }
    }
}
