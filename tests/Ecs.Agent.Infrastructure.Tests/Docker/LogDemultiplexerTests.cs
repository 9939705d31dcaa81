using System.Buffers.Binary;
using System.Text;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Infrastructure.Docker;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

public sealed class LogDemultiplexerTests
{
    public static TheoryData<int> ChunkSizes => [1, 2, 3, 7, 8, 9, 4096];

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public void Append_Frames_GiveLinesWhateverTheChunks(int size)
    {
        byte[] stream =
        [
            .. Frame(1, "one\ntw"), .. Frame(2, "err\u20ac\r\n"), .. Frame(1, "o \U0001F433\n\n"), .. Frame(1, ""), .. Frame(2, "rest"),
        ];

        Assert.Equal(["one", "!err\u20ac", "two \U0001F433", "", "!rest"], Lines(isTerminal: false, stream, size));
    }

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public void Append_Terminal_IsRawOutput(int size) =>
        Assert.Equal(["a", "b\rc", "\u00e4"], Lines(isTerminal: true, Encoding.UTF8.GetBytes("a\r\nb\rc\r\n\u00e4"), size));

    [Fact]
    public void Append_CharacterAcrossFrames_StaysWhole()
    {
        var whale = Encoding.UTF8.GetBytes("\U0001F433\n");

        Assert.Equal(["\U0001F433"], Lines(isTerminal: false, [.. Frame(1, whale[..2]), .. Frame(2, ""), .. Frame(1, whale[2..])], 5));
    }

    [Theory]
    [InlineData(16384, "x", "16384")]
    [InlineData(16385, "x", "16384,1")]
    [InlineData(40000, "x", "16384,16384,7232")]
    [InlineData(8192, "\u00e4", "8192")]
    [InlineData(8193, "\u00e4", "8192,1")]
    [InlineData(6000, "\u20ac", "5461,539")]
    [InlineData(4097, "\U0001F433", "8192,2")]
    public void Append_VeryLongLine_IsCutBetweenCharacters(int count, string text, string lengths)
    {
        var lines = Lines(isTerminal: true, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, count)) + "\n"), 1000);

        Assert.Equal(lengths, string.Join(',', lines.Select(line => line.Length)));
        Assert.DoesNotContain(lines, line => line.Contains('\uFFFD'));
    }

    private static byte[] Frame(byte stream, string text) => Frame(stream, Encoding.UTF8.GetBytes(text));

    private static byte[] Frame(byte stream, byte[] payload)
    {
        var frame = new byte[8 + payload.Length];
        frame[0] = stream;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), payload.Length);
        payload.CopyTo(frame, 8);
        return frame;
    }

    private static string[] Lines(bool isTerminal, byte[] stream, int chunk)
    {
        var demultiplexer = new LogDemultiplexer(isTerminal);
        var lines = new List<ContainerLogLine>();
        foreach (var part in stream.Chunk(chunk))
        {
            demultiplexer.Append(part, lines);
        }

        demultiplexer.Complete(lines);
        return [.. lines.Select(line => (line.IsError ? "!" : "") + line.Text)];
    }
}
