using Ecs.Agent.Host.Logging;

namespace Ecs.Agent.Host.Local;

/// <summary>
/// The environment that an agent of the local ECS is started with. It is configured by nothing else, as against AWS: switching is
/// configuration only.
/// </summary>
internal static class LocalEnvironment
{
    /// <summary>The region that the local ECS says it is.</summary>
    public const string Region = "us-east-1";

    /// <summary>For reading an agent's settings before there is an endpoint; never called.</summary>
    public const string NoEndpoint = "http://127.0.0.1";

    /// <summary>
    /// What the user has set, except for what decides where the agent belongs. The user's AWS credentials stay out: requests are signed, and
    /// no signature of theirs has any business in a local server.
    /// </summary>
    public static IReadOnlyDictionary<string, string> For(IReadOnlyDictionary<string, string> environment, string endpoint)
    {
        var own = environment
            .Where(variable => !variable.Key.StartsWith("AWS_", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        own["AWS_DEFAULT_REGION"] = Region;
        own["AWS_ACCESS_KEY_ID"] = "local";
        own["AWS_SECRET_ACCESS_KEY"] = "local";
        own["ECS_BACKEND_HOST"] = endpoint;
        own["ECS_EXTERNAL"] = "true";

        // Images of one's own machine come first, as with docker run.
        own.TryAdd("ECS_IMAGE_PULL_BEHAVIOR", "prefer-cached");
        own.Remove(LogLevels.Variable);

        // Without a name the agent takes the default cluster and creates it; what the local ECS knows ends with it, so nothing is kept.
        own.Remove("ECS_CLUSTER");
        own.Remove("ECS_DATADIR");
        return own;
    }
}
