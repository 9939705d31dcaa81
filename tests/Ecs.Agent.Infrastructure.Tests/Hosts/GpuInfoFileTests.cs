using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Infrastructure.Hosts;

namespace Ecs.Agent.Infrastructure.Tests.Hosts;

public sealed class GpuInfoFileTests : IDisposable
{
    private static readonly AgentOptions On = new() { Region = "eu-test-1", GpuSupport = true };

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    private string Path => System.IO.Path.Combine(_directory.FullName, "nvidia-gpu-info.json");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Apply_FileOfTheMachine_GivesDriverAndIds()
    {
        File.WriteAllText(Path, """{"DriverVersion":"550.90","GPUIDs":["GPU-1","GPU-2"]}""");

        var options = GpuInfoFile.Apply(On, Path, out var warning);

        Assert.Null(warning);
        Assert.Equal(("550.90", "GPU-1 GPU-2"), (options.GpuDriverVersion, string.Join(' ', options.GpuIds)));
    }

    [Fact]
    public void Apply_NoFile_GoesOnWithoutGpusAndSaysSo()
    {
        Assert.Empty(GpuInfoFile.Apply(On, Path, out var warning).GpuIds);
        Assert.Contains("no task gets a GPU of this machine", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("""{"GPUIDs":"GPU-1"}""")]
    public void Apply_FileThatCannotBeUnderstood_KeepsTheAgentFromStarting(string content)
    {
        File.WriteAllText(Path, content);

        var problem = Assert.Throws<InvalidDataException>(() => GpuInfoFile.Apply(On, Path, out _));
        Assert.StartsWith($"ECS_ENABLE_GPU_SUPPORT: {Path} does not tell of the GPUs: ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_SwitchedOff_DoesNotLook()
    {
        File.WriteAllText(Path, "no json");

        Assert.Empty(GpuInfoFile.Apply(On with { GpuSupport = false }, Path, out var warning).GpuIds);
        Assert.Null(warning);
    }
}
