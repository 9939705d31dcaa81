using System.Text.RegularExpressions;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>An image in a private ECR registry: whose it is and where.</summary>
internal sealed partial record EcrImage(string RegistryId, string Region)
{
    /// <summary>Reads <c>account.dkr.ecr.region.amazonaws.com/…</c>, in any partition, FIPS and dual-stack; null for every other
    /// image.</summary>
    public static EcrImage? Parse(string? image)
    {
        var match = Registry().Match(image ?? "");
        return match.Success ? new EcrImage(match.Groups[1].Value, match.Groups[2].Value) : null;
    }

    [GeneratedRegex(@"\A(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\."
        + @"(?:amazonaws\.(?:com(?:\.[a-z]+)?|eu)|on\.(?:aws|amazonwebservices\.com\.cn)|c2s\.ic\.gov|sc2s\.sgov\.gov|csp\.hci\.ic\.gov"
        + @"|cloud\.adc-e\.uk)/")]
    private static partial Regex Registry();
}
