using System.Buffers.Binary;
using System.Text;

namespace Ecs.Agent.Infrastructure.Cgroups.Systemd;

/// <summary>Reads values as D-Bus marshals them. Bytes that end too early are an <see cref="IOException"/>.</summary>
internal sealed class DBusReader(ReadOnlyMemory<byte> bytes)
{
    private int _at;

    public bool AtEnd => _at >= bytes.Length;

    public int Position => _at;

    public DBusReader Align(int boundary)
    {
        _at = (_at + boundary - 1) / boundary * boundary;
        return this;
    }

    public byte Octet() => Take(1)[0];

    public uint Unsigned32()
    {
        Align(sizeof(uint));
        return BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
    }

    public ulong Unsigned64()
    {
        Align(sizeof(ulong));
        return BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
    }

    /// <summary>A text or an object path.</summary>
    public string Text() => Terminated((int)Math.Min(Unsigned32(), int.MaxValue));

    public string Signature() => Terminated(Octet());

    /// <summary>A variant with one of the few types that headers have.</summary>
    public object Variant() => Signature() switch
    {
        "s" or "o" => Text(),
        "g" => Signature(),
        "u" => Unsigned32(),
        var other => throw new IOException($"the bus sent a header field of type {other}"),
    };

    private string Terminated(int length)
    {
        var text = Encoding.UTF8.GetString(Take(length));
        Take(1);
        return text;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - _at)
        {
            throw new IOException("a message from the bus is cut short");
        }

        var taken = bytes.Span.Slice(_at, count);
        _at += count;
        return taken;
    }
}
