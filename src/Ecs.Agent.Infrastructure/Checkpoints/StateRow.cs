using Ecs.Agent.Infrastructure.Checkpoints.Files;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>A readable record with its checksum.</summary>
internal sealed record StateRow(string Key, byte[] Json, byte[] Checksum)
{
    public static StateRow Of(string key, byte[] json, string place) => new(key, json, RecordSeal.Checksum(json, place));

    /// <summary>The record, if it is what was written in that place. Throws <see cref="UnusableRecordException"/>.</summary>
    public byte[] Verified(string place) => Checksum.AsSpan().SequenceEqual(RecordSeal.Checksum(Json, place))
        ? Json
        : throw new UnusableRecordException($"the record {Key} is not what was written: its checksum is wrong");
}
