namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>What an EC2 instance proves itself with.</summary>
/// <param name="Document">The raw identity document, or empty.</param>
/// <param name="Signature">Its raw signature, or empty.</param>
internal sealed record InstanceIdentity(string Document, string Signature)
{
    public static InstanceIdentity None { get; } = new("", "");
}
