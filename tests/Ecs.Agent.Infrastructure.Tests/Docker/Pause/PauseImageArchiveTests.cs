using System.Diagnostics;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Infrastructure.Docker.Pause;

namespace Ecs.Agent.Infrastructure.Tests.Docker.Pause;

public sealed class PauseImageArchiveTests
{
    private const int SectionHeader = 64;

    /// <summary>Who changes the program or the image raises <see cref="PauseImage.Version"/> and puts the new ids here.</summary>
    [Theory]
    [InlineData("amd64", "sha256:3641ba04e70cda82174fc439b1e33cfc83ba7e2dd48034e17d9dd1812d3618f5")]
    [InlineData("arm64", "sha256:df10361fe2c94c72fee5272be046700c0c409f8efad75db7cca5da27343600f9")]
    public void For_Architecture_IsTheSameImageAsEver(string architecture, string id)
    {
        Assert.Equal("1", PauseImage.Version);
        Assert.Equal(id, IdOf(PauseImageArchive.For(architecture, PauseImage.Name)!));
    }

    [Theory]
    [InlineData("arm")]
    [InlineData("")]
    [InlineData(null)]
    public void For_OtherArchitecture_IsNone(string? architecture) => Assert.Null(PauseImageArchive.For(architecture, PauseImage.Name));

    [Fact]
    public void For_Architecture_NamesItsImageAndItsLayer()
    {
        var files = Files(PauseImageArchive.For("amd64", PauseImage.Name)!);
        using var manifest = JsonDocument.Parse(files["manifest.json"]);
        var image = manifest.RootElement[0];

        Assert.Equal("ecs-agent/pause:1", image.GetProperty("RepoTags")[0].GetString());
        Assert.Equal("""{"architecture":"amd64","os":"linux",""", System.Text.Encoding.UTF8.GetString(files[image.GetProperty("Config").GetString()!])[..37]);
        Assert.Equal(PauseImageArchive.ProgramFor("x86_64"), Files(files[image.GetProperty("Layers")[0].GetString()!])["pause"]);
    }

    /// <summary>The program in the repository is what its source says, and not what somebody put there.</summary>
    [Theory]
    [InlineData("x86_64")]
    [InlineData("aarch64")]
    public async Task Program_AssembledFromItsSource_IsTheSame(string machine)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/clang"), "There is no clang on this machine; test.sh installs it.");
        var assembled = Path.GetTempFileName();
        try
        {
            using var clang = Process.Start("/usr/bin/clang", ["-c", $"--target={machine}-linux-gnu", "-o", assembled, SourceOf(machine)]);
            await clang.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal(0, clang.ExitCode);
            Assert.Equal(TextSection(await File.ReadAllBytesAsync(assembled, TestContext.Current.CancellationToken)), PauseImageArchive.ProgramFor(machine));
        }
        finally
        {
            File.Delete(assembled);
        }
    }

    [Theory]
    [InlineData("x86_64")]
    [InlineData("aarch64")]
    public void Program_Size_IsTiny(string machine) => Assert.InRange(PauseImageArchive.ProgramFor(machine).Length, 100, 4096);

    private static string SourceOf(string machine) => Path.Combine(AppContext.BaseDirectory, "Pause", $"pause.{machine}.s");

    private static string IdOf(byte[] archive)
    {
        var files = Files(archive);
        using var manifest = JsonDocument.Parse(files["manifest.json"]);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(files[manifest.RootElement[0].GetProperty("Config").GetString()!]));
    }

    private static Dictionary<string, byte[]> Files(byte[] tar)
    {
        using var reader = new TarReader(new MemoryStream(tar));
        var files = new Dictionary<string, byte[]>();
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            var content = new MemoryStream();
            entry.DataStream!.CopyTo(content);
            files[entry.Name] = content.ToArray();
        }

        return files;
    }

    /// <summary>The section <c>.text</c> of an ELF object: the only one that has both code and content.</summary>
    private static byte[] TextSection(byte[] elf)
    {
        var (table, count) = ((int)BitConverter.ToInt64(elf, 40), BitConverter.ToInt16(elf, 60));
        for (var section = 0; section < count; section++)
        {
            var header = table + (section * SectionHeader);
            const int program = 1;
            const long executable = 4;
            if (BitConverter.ToInt32(elf, header + 4) == program && (BitConverter.ToInt64(elf, header + 8) & executable) != 0)
            {
                return elf.AsSpan((int)BitConverter.ToInt64(elf, header + 24), (int)BitConverter.ToInt64(elf, header + 32)).ToArray();
            }
        }

        throw new InvalidOperationException("no code");
    }
}
