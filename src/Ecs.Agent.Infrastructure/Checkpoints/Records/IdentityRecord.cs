using System.Text.Json;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Infrastructure.Checkpoints.Files;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>
/// The identity as it is written, with a checksum: a flipped bit must neither make this agent another container instance nor put it into another
/// cluster, where it would refuse to start.
/// </summary>
internal sealed class IdentityRecord
{
    private const string Place = "identity";

    public SavedIdentity? Identity { get; set; }

    public string Checksum { get; set; } = "";

    public static byte[] Write(SavedIdentity identity) => JsonSerializer.SerializeToUtf8Bytes(
        new IdentityRecord { Identity = identity, Checksum = ChecksumOf(identity) }, CheckpointJson.Default.IdentityRecord);

    /// <summary>Throws <see cref="JsonException"/> when it is not what was written.</summary>
    public static SavedIdentity Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, CheckpointJson.Default.IdentityRecord) is { Identity: { } identity } record
        && record.Checksum == ChecksumOf(identity)
            ? identity
            : throw new JsonException("it is not what was written: its checksum is wrong");

    private static string ChecksumOf(SavedIdentity identity) => Convert.ToHexStringLower(
        RecordSeal.Checksum(JsonSerializer.SerializeToUtf8Bytes(identity, CheckpointJson.Default.SavedIdentity), Place));
}
