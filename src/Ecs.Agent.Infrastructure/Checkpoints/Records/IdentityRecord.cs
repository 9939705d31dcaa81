using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Infrastructure.Checkpoints.Files;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>
/// The identity as it is written, or the registration that is to bring it, with a checksum: a flipped bit must neither make this agent another
/// container instance nor put it into another cluster, where it would refuse to start.
/// </summary>
internal sealed class IdentityRecord
{
    private const string IdentityPlace = "identity", PendingPlace = "pending registration";

    public SavedIdentity? Identity { get; set; }

    public PendingRegistration? Pending { get; set; }

    public string Checksum { get; set; } = "";

    public static byte[] Write(SavedIdentity identity) =>
        Write(new IdentityRecord { Identity = identity, Checksum = ChecksumOf(identity, CheckpointJson.Default.SavedIdentity, IdentityPlace) });

    public static byte[] Write(PendingRegistration pending) =>
        Write(new IdentityRecord { Pending = pending, Checksum = ChecksumOf(pending, CheckpointJson.Default.PendingRegistration, PendingPlace) });

    /// <summary>Throws <see cref="JsonException"/> when it is not what was written.</summary>
    public static IdentityRecord Read(ReadOnlySpan<byte> json)
    {
        var record = JsonSerializer.Deserialize(json, CheckpointJson.Default.IdentityRecord);
        var checksum = record switch
        {
            { Identity: { } identity, Pending: null } => ChecksumOf(identity, CheckpointJson.Default.SavedIdentity, IdentityPlace),
            { Identity: null, Pending: { } pending } => ChecksumOf(pending, CheckpointJson.Default.PendingRegistration, PendingPlace),
            _ => null,
        };
        return checksum is not null && record!.Checksum == checksum
            ? record
            : throw new JsonException("it is not what was written: its checksum is wrong");
    }

    private static byte[] Write(IdentityRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, CheckpointJson.Default.IdentityRecord);

    private static string ChecksumOf<T>(T content, JsonTypeInfo<T> type, string place) =>
        Convert.ToHexStringLower(RecordSeal.Checksum(JsonSerializer.SerializeToUtf8Bytes(content, type), place));
}
