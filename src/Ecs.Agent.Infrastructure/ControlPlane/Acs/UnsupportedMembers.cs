using Ecs.Agent.Protocol.Acs;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>
/// The members of a task that ask for something this agent does not do. A task that has one is refused and says which: running it
/// without would be a lie. None of these capabilities is registered, so a control plane that places by capability never sends them here.
/// </summary>
internal static class UnsupportedMembers
{
    public static IEnumerable<string> Of(AcsTask task)
    {
        foreach (var (member, present, reason) in OfTask(task))
        {
            if (present)
            {
                yield return $"{member}: {reason}";
            }
        }

        foreach (var attachment in task.Attachments ?? [])
        {
            if (attachment?.AttachmentType is "serviceconnectdetail" or "amazonebs")
            {
                yield return $"attachments: this agent does not support attachments of type {attachment.AttachmentType}";
            }
        }

        foreach (var container in task.Containers ?? [])
        {
            foreach (var (member, present, reason) in container is null ? [] : OfContainer(container))
            {
                if (present)
                {
                    yield return $"containers[{container!.Name}].{member}: {reason}";
                }
            }
        }
    }

    private static IEnumerable<(string Member, bool Present, string Reason)> OfTask(AcsTask task) =>
    [
        ("roleCredentials", task.RoleCredentials is not null, "this agent does not serve task role credentials to containers"),
        ("elasticNetworkInterfaces", Any(task.ElasticNetworkInterfaces), "this agent does not support task network interfaces"),
        ("networkMode", task.NetworkMode == "awsvpc" && !Any(task.ElasticNetworkInterfaces), "this agent does not support awsvpc"),
        ("associations", task.Associations?.Any(a => a?.Type != "gpu") == true, "this agent does not support associated devices but GPUs"),
        ("proxyConfiguration", task.ProxyConfiguration is not null, "this agent does not support App Mesh proxies"),
        ("enableFaultInjection", task.EnableFaultInjection == true, "this agent does not support fault injection"),
    ];

    private static IEnumerable<(string Member, bool Present, string Reason)> OfContainer(AcsContainer container) =>
    [
        ("firelensConfiguration", container.FirelensConfiguration is not null, "this agent does not support FireLens"),
        ("credentialSpecs", Any(container.CredentialSpecs), "this agent does not support group managed service accounts"),
        ("managedAgents", Any(container.ManagedAgents), "this agent does not support ECS Exec"),
    ];

    private static bool Any<T>(IReadOnlyCollection<T>? list) => list is { Count: > 0 };
}
