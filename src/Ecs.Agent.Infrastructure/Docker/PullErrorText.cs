using System.Text.RegularExpressions;
using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>What a registry or the daemon says about a pull that failed, as ECS shows it and classed by what may be done about it.</summary>
internal static partial class PullErrorText
{
    private static readonly (Regex Pattern, string Advice)[] Advices =
    [
        (EcrDenied(), "The task can\u2019t pull the image. Check that the role has the permissions to pull images from the registry. "),
        (AccessDenied(), "The task can\u2019t pull the image. Check whether the image exists. "),
        (NoConnection(), "The task can\u2019t pull the image. Check your network configuration. "),
    ];

    /// <summary>The message with the advice that fits it in front, at most one, and without signed URLs.</summary>
    public static string Explain(string image, string message)
    {
        var redacted = Redact(image, message);
        return Advices.FirstOrDefault(advice => advice.Pattern.IsMatch(redacted)).Advice + redacted;
    }

    /// <summary>The message without the URLs of image layers, whose query strings are signed.</summary>
    public static string Redact(string image, string message) =>
        StarportUrl().Replace(message, match => $"REDACTED ECR URL related to {image}");

    /// <summary>Whether trying again may help. The daemon answers 500 to much that will never work, so its words count for more.</summary>
    public static RuntimeFailureKind Classify(string message, RuntimeFailureKind byStatus)
    {
        if (byStatus is not RuntimeFailureKind.Temporary)
        {
            return byStatus;
        }

        if (Absent().IsMatch(message))
        {
            return RuntimeFailureKind.NotFound;
        }

        return Refused().IsMatch(message) ? RuntimeFailureKind.Permanent : RuntimeFailureKind.Temporary;
    }

    [GeneratedRegex("denied: User: (.+) is not authorized to perform: ecr:BatchGetImage on resource")]
    private static partial Regex EcrDenied();

    [GeneratedRegex("denied: requested access to the resource is denied")]
    private static partial Regex AccessDenied();

    [GeneratedRegex("request canceled while waiting for connection")]
    private static partial Regex NoConnection();

    [GeneratedRegex(@"""?https\S*starport-layer-bucket\S*")]
    private static partial Regex StarportUrl();

    [GeneratedRegex(@"manifest unknown|name unknown|repository does not exist|manifest for \S+ not found")]
    private static partial Regex Absent();

    [GeneratedRegex(@"\bdenied\b|unauthorized|authentication required|no basic auth credentials|invalid reference format|no matching manifest for")]
    private static partial Regex Refused();
}
