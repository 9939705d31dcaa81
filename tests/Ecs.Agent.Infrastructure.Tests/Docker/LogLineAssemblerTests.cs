using System.Text;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Infrastructure.Docker;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

public sealed class LogLineAssemblerTests
{
    public static TheoryData<int> ChunkSizes => [1, 2, 3, 7, 8, 9, 4096];

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public void Append_Output_GivesLinesWhateverTheChunks(int size) => Assert.Equal(
        ["a", "b\rc", "", "\U0001F433 x", "\u00e4"],
        Lines(Encoding.UTF8.GetBytes("a\r\nb\rc\r\n\n\U0001F433 x\n\u00e4"), size));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Append_Line_SaysWhichStreamItIsOf(bool isError)
    {
        var assembler = new LogLineAssembler(isError);
        var lines = new List<ContainerLogLine>();
        assembler.Append("x\ny"u8, lines);
        Assert.True(assembler.HasUnfinishedLine);
        assembler.Complete(lines);

        Assert.False(assembler.HasUnfinishedLine);
        Assert.Equal([new ContainerLogLine("x", isError), new ContainerLogLine("y", isError)], lines);
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
        var lines = Lines(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, count)) + "\n"), 1000);

        Assert.Equal(lengths, string.Join(',', lines.Select(line => line.Length)));
        Assert.DoesNotContain(lines, line => line.Contains('\uFFFD'));
    }

    private static string[] Lines(byte[] output, int chunk)
    {
        var assembler = new LogLineAssembler(isError: false);
        var lines = new List<ContainerLogLine>();
        foreach (var part in output.Chunk(chunk))
        {
            assembler.Append(part, lines);
        }

        assembler.Complete(lines);
        return [.. lines.Select(line => line.Text)];
    }
}
