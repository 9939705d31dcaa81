using System.Text;
using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>
/// Cuts one output stream into lines. A line is decoded only when it is whole, so a character that arrives in two pieces stays one; what
/// is longer than <see cref="LongestLine"/> bytes is cut between two characters.
/// </summary>
internal sealed class LogLineAssembler(bool isError)
{
    /// <summary>In bytes, as for Docker's own log entries.</summary>
    public const int LongestLine = 16 * 1024;

    private byte[] _pending = new byte[256];
    private int _length;

    public bool HasUnfinishedLine => _length > 0;

    public void Append(ReadOnlySpan<byte> bytes, ICollection<ContainerLogLine> lines)
    {
        while (bytes.Length > 0)
        {
            var newline = bytes.IndexOf((byte)'\n');
            Take(newline < 0 ? bytes : bytes[..newline], lines);
            if (newline < 0)
            {
                return;
            }

            Emit(_length > 0 && _pending[_length - 1] == '\r' ? _length - 1 : _length, lines);
            _length = 0;
            bytes = bytes[(newline + 1)..];
        }
    }

    /// <summary>The stream has ended: what has no line end yet is a line, too.</summary>
    public void Complete(ICollection<ContainerLogLine> lines)
    {
        if (_length > 0)
        {
            Emit(_length, lines);
            _length = 0;
        }
    }

    private void Take(ReadOnlySpan<byte> bytes, ICollection<ContainerLogLine> lines)
    {
        while (bytes.Length > 0)
        {
            if (_length == LongestLine)
            {
                Cut(lines);
            }

            var taken = bytes[..Math.Min(bytes.Length, LongestLine - _length)];
            if (_pending.Length < _length + taken.Length)
            {
                Array.Resize(ref _pending, Math.Min(LongestLine, Math.Max(_pending.Length * 2, _length + taken.Length)));
            }

            taken.CopyTo(_pending.AsSpan(_length));
            _length += taken.Length;
            bytes = bytes[taken.Length..];
        }
    }

    private void Cut(ICollection<ContainerLogLine> lines)
    {
        var cut = WholeCharacters(_pending.AsSpan(0, _length));
        Emit(cut, lines);
        _pending.AsSpan(cut, _length - cut).CopyTo(_pending);
        _length -= cut;
    }

    // At most three bytes back lies the lead byte of a character that is not complete.
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3; back++)
        {
            var lead = bytes[^back];
            if ((lead & 0b1100_0000) == 0b1000_0000)
            {
                continue;
            }

            var size = lead switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
            return size > back ? bytes.Length - back : bytes.Length;
        }

        return bytes.Length;
    }

    private void Emit(int length, ICollection<ContainerLogLine> lines) =>
        lines.Add(new ContainerLogLine(Encoding.UTF8.GetString(_pending, 0, length), isError));
}
