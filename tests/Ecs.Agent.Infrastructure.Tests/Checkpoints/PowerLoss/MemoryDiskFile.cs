namespace Ecs.Agent.Infrastructure.Tests.Checkpoints.PowerLoss;

/// <summary>A file of a <see cref="MemoryDisk"/>: what a reader sees, what is on the platter, and the changes in between.</summary>
internal sealed class MemoryDiskFile
{
    /// <summary>The unit that a disk writes wholly or not at all, in bytes.</summary>
    public const int Sector = 512;

    private readonly List<Change> _unsynced = [];
    private byte[] _content;
    private byte[] _durable;
    private int _length;

    public MemoryDiskFile(byte[] content)
    {
        _content = content;
        _durable = content.ToArray();
        _length = content.Length;
    }

    public int Length => _length;

    /// <summary>Fills what is beyond the end with zeros; gives how many bytes there were.</summary>
    public int Read(Span<byte> buffer, int offset)
    {
        var there = Math.Clamp(_length - offset, 0, buffer.Length);
        _content.AsSpan(Math.Min(offset, _length), there).CopyTo(buffer);
        buffer[there..].Clear();
        return there;
    }

    public void Write(ReadOnlySpan<byte> bytes, int offset)
    {
        _unsynced.Add(new Change(offset, bytes.ToArray()));
        _content = Written(_content, ref _length, bytes, offset);
    }

    public void Truncate(int length)
    {
        _unsynced.Add(new Change(length, null));
        _content.AsSpan(length).Clear();
        _length = length;
    }

    public void Sync()
    {
        _durable = _content.AsSpan(0, _length).ToArray();
        _unsynced.Clear();
    }

    /// <summary>
    /// What is there after a power loss: what was synced, and of each later change all, nothing or, of a write, some of its sectors.
    /// </summary>
    public byte[] AfterPowerLoss(Func<Fate> fate, Random random)
    {
        var content = _durable.ToArray();
        var length = content.Length;
        foreach (var change in _unsynced)
        {
            var happened = fate();
            if (happened == Fate.Lost)
            {
                continue;
            }

            if (change.Bytes is not { } bytes)
            {
                Array.Resize(ref content, change.Offset);
                length = change.Offset;
                continue;
            }

            for (var at = 0; at < bytes.Length;)
            {
                var end = Math.Min(bytes.Length, (((change.Offset + at) / Sector) + 1) * Sector - change.Offset);
                if (happened == Fate.Kept || random.Next(2) == 0)
                {
                    content = Written(content, ref length, bytes.AsSpan(at, end - at), change.Offset + at);
                }

                at = end;
            }
        }

        return content.AsSpan(0, length).ToArray();
    }

    private static byte[] Written(byte[] content, ref int length, ReadOnlySpan<byte> bytes, int offset)
    {
        var end = offset + bytes.Length;
        if (end > content.Length)
        {
            Array.Resize(ref content, Math.Max(end, content.Length * 2));
        }

        bytes.CopyTo(content.AsSpan(offset));
        length = Math.Max(length, end);
        return content;
    }

    /// <summary>A write, or with no bytes a truncation.</summary>
    private sealed record Change(int Offset, byte[]? Bytes);
}
