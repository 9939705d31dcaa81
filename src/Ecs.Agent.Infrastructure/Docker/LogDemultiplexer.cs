using System.Buffers.Binary;
using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>
/// Takes Docker's log stream apart. Without a terminal it comes in frames (one byte for the stream, three of padding, four of big-endian
/// length), with one it is the output itself. Chunks may end anywhere.
/// </summary>
internal sealed class LogDemultiplexer(bool isTerminal)
{
    private const int HeaderLength = 8;
    private const byte StandardError = 2;

    private readonly LogLineAssembler _output = new(isError: false);
    private readonly LogLineAssembler _error = new(isError: true);
    private readonly byte[] _header = new byte[HeaderLength];
    private int _headerLength;
    private uint _frameLeft;

    /// <summary>Whether output has come that no line end has followed yet.</summary>
    public bool HasUnfinishedLine => _output.HasUnfinishedLine || _error.HasUnfinishedLine;

    public void Append(ReadOnlySpan<byte> chunk, ICollection<ContainerLogLine> lines)
    {
        if (isTerminal)
        {
            _output.Append(chunk, lines);
            return;
        }

        while (chunk.Length > 0)
        {
            chunk = _frameLeft > 0 ? TakePayload(chunk, lines) : TakeHeader(chunk);
        }
    }

    public void Complete(ICollection<ContainerLogLine> lines)
    {
        _output.Complete(lines);
        _error.Complete(lines);
    }

    private ReadOnlySpan<byte> TakePayload(ReadOnlySpan<byte> chunk, ICollection<ContainerLogLine> lines)
    {
        var length = (int)Math.Min(_frameLeft, (uint)chunk.Length);
        (_header[0] == StandardError ? _error : _output).Append(chunk[..length], lines);
        _frameLeft -= (uint)length;
        return chunk[length..];
    }

    private ReadOnlySpan<byte> TakeHeader(ReadOnlySpan<byte> chunk)
    {
        var length = Math.Min(HeaderLength - _headerLength, chunk.Length);
        chunk[..length].CopyTo(_header.AsSpan(_headerLength));
        _headerLength += length;
        if (_headerLength == HeaderLength)
        {
            _frameLeft = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(4));
            _headerLength = 0;
        }

        return chunk[length..];
    }
}
