namespace Ecs.Agent.LocalControlPlane.State;

/// <summary>Makes and takes apart the ARNs of one region and account.</summary>
internal sealed record ResourceNames(string Region, string AccountId)
{
    private string Partition => Region switch
    {
        _ when Region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when Region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ => "aws",
    };

    private string Prefix => $"arn:{Partition}:ecs:{Region}:{AccountId}:";

    public string Cluster(string name) => $"{Prefix}cluster/{name}";

    public string ContainerInstance(string cluster, Guid id) => $"{Prefix}container-instance/{cluster}/{id:N}";

    public string Task(string cluster, Guid id) => $"{Prefix}task/{cluster}/{id:N}";

    public string Container(string cluster, string taskArn, Guid id) => $"{Prefix}container/{cluster}/{LastSegment(taskArn)}/{id:D}";

    public string TaskDefinition(string family, int revision) => $"{Prefix}task-definition/{family}:{revision}";

    /// <summary>The account's root user, who registers task definitions here.</summary>
    public string RootUser => $"arn:{Partition}:iam::{AccountId}:root";

    /// <summary>Whether only this control plane (or an earlier life of it) can have made this ARN, for a task of this cluster.</summary>
    public bool IsTaskOf(string cluster, string arn) => arn.StartsWith($"{Prefix}task/{cluster}/", StringComparison.Ordinal);

    /// <summary>The full ARN for what the caller gave: an ARN as it is, an id with the cluster in front.</summary>
    public string Expand(string kind, string cluster, string idOrArn) =>
        IsArn(idOrArn) ? idOrArn : $"{Prefix}{kind}/{cluster}/{idOrArn}";

    public static bool IsArn(string text) => text.StartsWith("arn:", StringComparison.Ordinal);

    /// <summary>What follows the last slash: the id of a task or an instance, the name of a cluster.</summary>
    public static string LastSegment(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    /// <summary>The cluster a long-form task or instance ARN names (<c>…:task/CLUSTER/ID</c>), or null for the old short form.</summary>
    public static string? ClusterIn(string arn) => arn.Split('/') is [_, var cluster, _] ? cluster : null;
}
