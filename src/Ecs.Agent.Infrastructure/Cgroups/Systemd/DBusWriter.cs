using System.Buffers.Binary;
using System.Text;

namespace Ecs.Agent.Infrastructure.Cgroups.Systemd;

/// <summary>Writes values as D-Bus marshals them, little-endian: each is aligned to its own size.</summary>
internal sealed class DBusWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public DBusWriter Align(int boundary)
    {
        while (_bytes.Count % boundary != 0)
        {
            _bytes.Add(0);
        }

        return this;
    }

    public DBusWriter Octet(byte value)
    {
        _bytes.Add(value);
        return this;
    }

    public DBusWriter Unsigned32(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        Align(sizeof(uint))._bytes.AddRange(bytes);
        return this;
    }

    public DBusWriter Switch(bool value) => Unsigned32(value ? 1u : 0u);

    public DBusWriter Unsigned64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        Align(sizeof(ulong))._bytes.AddRange(bytes);
        return this;
    }

    /// <summary>A text or an object path.</summary>
    public DBusWriter Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Unsigned32((uint)bytes.Length)._bytes.AddRange(bytes);
        return Octet(0);
    }

    public DBusWriter Signature(string value)
    {
        Octet((byte)value.Length)._bytes.AddRange(Encoding.ASCII.GetBytes(value));
        return Octet(0);
    }

    /// <summary>A value that says its type itself.</summary>
    public DBusWriter Variant(object value) => value switch
    {
        string text => Signature("s").Text(text),
        bool flag => Signature("b").Switch(flag),
        ulong number => Signature("t").Unsigned64(number),
        uint number => Signature("u").Unsigned32(number),
        _ => throw new ArgumentException($"A {value.GetType().Name} cannot be put into a variant.", nameof(value)),
    };

    /// <summary>An array. Its length counts neither itself nor the padding before the first element.</summary>
    public DBusWriter Array(int elementAlignment, Action<DBusWriter> elements)
    {
        Unsigned32(0);
        var lengthAt = _bytes.Count - sizeof(uint);
        Align(elementAlignment);
        var begin = _bytes.Count;
        elements(this);
        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)(_bytes.Count - begin));
        for (var i = 0; i < sizeof(uint); i++)
        {
            _bytes[lengthAt + i] = length[i];
        }

        return this;
    }
}
