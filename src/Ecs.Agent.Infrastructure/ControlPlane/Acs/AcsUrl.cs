using System.Net;
using Ecs.Agent.Application.ControlPlane;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>The URL of the task channel.</summary>
internal static class AcsUrl
{
    /// <param name="endpoint">From DiscoverPollEndpoint, <c>http</c> or <c>https</c>, with or without a trailing slash.</param>
    /// <param name="instance">Who connects.</param>
    /// <param name="build">Which agent connects.</param>
    /// <param name="dockerVersion">The server's version, verbatim; null leaves the parameter out.</param>
    /// <param name="sendCredentials">Whether the control plane shall send the credentials of all tasks at once.</param>
    public static Uri Of(Uri endpoint, ContainerInstance instance, AgentBuild build, string? dockerVersion, bool sendCredentials)
    {
        var parameters = new List<(string Name, string Value)>
        {
            ("agentHash", build.GitHash),
            ("agentVersion", build.Version),
            ("clusterArn", instance.Cluster),
            ("containerInstanceArn", instance.Arn),
            ("protocolVersion", "2"),
            ("sendCredentials", sendCredentials ? "true" : "false"),
            ("seqNum", "1"),
        };
        if (dockerVersion is not null)
        {
            parameters.Add(("dockerVersion", $"DockerVersion: {dockerVersion}"));
        }

        var scheme = endpoint.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        var path = endpoint.AbsolutePath.EndsWith('/') ? endpoint.AbsolutePath : endpoint.AbsolutePath + "/";
        var query = string.Join('&', parameters
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Name}={WebUtility.UrlEncode(parameter.Value)}"));
        return new Uri($"{scheme}://{endpoint.Authority}{path}ws?{query}");
    }
}
