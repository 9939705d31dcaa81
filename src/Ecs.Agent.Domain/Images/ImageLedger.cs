using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Images;

/// <summary>
/// The images that this agent has used: one immutable value, which can be saved and restored as it is. A name belongs to at most one
/// record. Who uses an image is not kept here: it follows from the tasks (<see cref="ImagesInUse"/>), so no count can be wrong.
/// </summary>
public sealed record ImageLedger
{
    private ImageLedger(ImmutableSortedDictionary<string, ImageRecord> records)
    {
        Records = records;
    }

    public static ImageLedger Empty { get; } = new(ImmutableSortedDictionary.Create<string, ImageRecord>(StringComparer.Ordinal));

    /// <summary>Image id → record.</summary>
    public ImmutableSortedDictionary<string, ImageRecord> Records { get; }

    /// <summary>A ledger of saved records. Of two that claim the same name, the one that was seen later has it.</summary>
    public static ImageLedger Of(IEnumerable<ImageRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return records.OrderBy(r => r.FirstSeenAt).ThenBy(r => r.Id, StringComparer.Ordinal).Aggregate(
            Empty, (ledger, record) => ledger.WithoutNames(record.Names).With(record));
    }

    /// <summary>The record whose name this is, or null.</summary>
    /// <param name="name">Any spelling of an image reference.</param>
    public ImageRecord? Find(string name)
    {
        var familiar = ImageReference.FamiliarName(name);
        return Records.Values.FirstOrDefault(r => r.Names.Contains(familiar));
    }

    /// <summary>Whether this agent has pulled the name itself and the image is still here as far as it knows.</summary>
    public bool WasPulled(string name)
    {
        var familiar = ImageReference.FamiliarName(name);
        return Records.Values.Any(r => r.PulledNames.Contains(familiar));
    }

    /// <summary>
    /// A task's image was found on this machine. When the name meant another image before, that one loses it, and with it the mark that
    /// the name was pulled.
    /// </summary>
    public ImageLedger Seen(string name, string id, long sizeBytes, ImmutableArray<string> environmentNames, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(id);
        var familiar = ImageReference.FamiliarName(name);
        var record = Records.GetValueOrDefault(id) ?? new ImageRecord { Id = id, FirstSeenAt = at, LastUsedAt = at };
        var seen = record with
        {
            Names = record.Names.Add(familiar),
            SizeBytes = sizeBytes,
            EnvironmentNames = environmentNames,
        };
        return (record.Names.Contains(familiar) ? this : WithoutNames([familiar])).With(seen);
    }

    /// <summary>The name was pulled by this agent. Means nothing for a name that has not been seen.</summary>
    public ImageLedger Pulled(string name)
    {
        var familiar = ImageReference.FamiliarName(name);
        return Find(name) is { } record ? With(record with { PulledNames = record.PulledNames.Add(familiar) }) : this;
    }

    /// <summary>A container made from the image was removed by clean-up. Time never goes back.</summary>
    public ImageLedger Used(string id, DateTimeOffset at) =>
        Records.TryGetValue(id, out var record) && record.LastUsedAt < at ? With(record with { LastUsedAt = at }) : this;

    /// <summary>One name of the image was removed from this machine; with its last name the record goes.</summary>
    public ImageLedger Untagged(string id, string name)
    {
        if (!Records.TryGetValue(id, out var record))
        {
            return this;
        }

        var left = Strip(record, [ImageReference.FamiliarName(name)]);
        return left.Names.IsEmpty ? Forgotten(id) : With(left);
    }

    /// <summary>The image is gone.</summary>
    public ImageLedger Forgotten(string id) => Records.ContainsKey(id) ? new ImageLedger(Records.Remove(id)) : this;

    private static ImageRecord Strip(ImageRecord record, IEnumerable<string> names) => record with
    {
        Names = record.Names.Except(names),
        PulledNames = record.PulledNames.Except(names),
    };

    private ImageLedger With(ImageRecord record) => new(Records.SetItem(record.Id, record));

    private ImageLedger WithoutNames(IReadOnlyCollection<string> names) =>
        Records.Values.Where(r => r.Names.Overlaps(names)).Aggregate(this, (ledger, r) => ledger.With(Strip(r, names)));
}
