namespace Ecs.Agent.LocalControlPlane.Api;

/// <summary>The refusals of the ECS API with their texts.</summary>
internal static class EcsErrors
{
    public static EcsApiException InvalidParameter(string message) => new("InvalidParameterException", message);

    public static EcsApiException Client(string message) => new("ClientException", message);

    public static EcsApiException ClusterNotFound() => new("ClusterNotFoundException", "Cluster not found.");

    /// <summary>Agents look for this very text before they create the default cluster, under whatever code.</summary>
    public static EcsApiException ClusterNotFoundAtRegistration() => Client("Cluster not found.");

    public static EcsApiException TaskNotFound() => InvalidParameter("The referenced task was not found.");

    public static EcsApiException NoInstances() => InvalidParameter("No Container Instances were found in your cluster.");

    public static EcsApiException TaskDefinitionNotFound() => Client("TaskDefinition not found.");

    public static EcsApiException TaskDefinitionInactive() => InvalidParameter("TaskDefinition is inactive");

    public static EcsApiException NotDescribed() => Client("Unable to describe task definition.");

    public static EcsApiException OtherCluster(string given, string own) =>
        InvalidParameter($"Invalid identifier: Identifier is for cluster {given}. Your cluster is {own}");

    public static EcsApiException Empty(string what) => InvalidParameter($"{what} cannot be empty.");

    public static EcsApiException TooMany(string what, int limit) => InvalidParameter($"{what} can have at most {limit} items.");

    public static EcsApiException Missing(string member) => InvalidParameter($"{member} is required.");
}
