using System.Collections.Immutable;
using Docker.DotNet.Models;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Domain.Volumes;
using Ecs.Agent.Infrastructure.Docker;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

public sealed class DockerVolumeStoreTests(DockerEngine engine)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TaskVolume_CreateAndRemove_MayBeRepeated()
    {
        var volume = new TaskVolume.TaskScoped { Name = "v", DockerName = engine.Unique("ecs-fam-7-v"), Labels = Map("a", "b") };

        await engine.Volumes.CreateAsync(volume, Cancellation);
        await engine.Volumes.CreateAsync(volume, Cancellation);
        await engine.Volumes.EnsureSharedAsync(new TaskVolume.Shared { Name = volume.DockerName }, Cancellation);
        await engine.Volumes.RemoveAsync(volume.DockerName, Cancellation);
        await engine.Volumes.RemoveAsync(volume.DockerName, Cancellation);
    }

    [Fact]
    public async Task TaskVolume_DriverThatIsNotThere_CarriesDockersWords()
    {
        var volume = new TaskVolume.TaskScoped { Name = "v", DockerName = engine.Unique("v"), Driver = "nosuchdriver" };

        var failed = await Assert.ThrowsAsync<RuntimeException>(() => engine.Volumes.CreateAsync(volume, Cancellation));
        Assert.Equal("CannotCreateVolumeError", failed.Error.Name);
        Assert.Equal(
            $"Error response from daemon: create {volume.DockerName}: error looking up volume plugin nosuchdriver: plugin \"nosuchdriver\" not found",
            failed.Error.Message);
    }

    [Fact]
    public async Task TaskVolume_OfAFileSystemOfEfs_IsAMountOfDockersOwnDriver()
    {
        var mount = new EfsFileSystem { FileSystemId = "fs-12345678", RootDirectory = "/d" }.OverNfs("us-west-2", "amazonaws.com");
        var volume = new TaskVolume.TaskScoped
        {
            Name = "v",
            DockerName = engine.Unique("ecs-fam-7-v"),
            Driver = mount.Name,
            DriverOptions = mount.Options,
        };
        try
        {
            await engine.Volumes.CreateAsync(volume, Cancellation);

            var made = await InspectAsync(volume.DockerName);
            Assert.Equal("local", made.Driver);
            Assert.Equal(mount.Options, made.Options.ToImmutableSortedDictionary(StringComparer.Ordinal));
        }
        finally
        {
            await engine.Volumes.RemoveAsync(volume.DockerName, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Shared_MissingAndToBeMade_IsMadeOnceUnderItsPlainName()
    {
        var volume = new TaskVolume.Shared { Name = engine.Unique("shared"), Autoprovision = true, Labels = Map("team", "a") };
        try
        {
            await engine.Volumes.EnsureSharedAsync(volume, Cancellation);
            var made = await InspectAsync(volume.Name);
            await engine.Volumes.EnsureSharedAsync(volume with { Labels = Map("team", "b") }, Cancellation);
            await engine.Volumes.EnsureSharedAsync(volume with { Autoprovision = false }, Cancellation);

            Assert.Equal(("local", "a"), (made.Driver, made.Labels["team"]));
            Assert.Equal((made.CreatedAt, "a"), ((await InspectAsync(volume.Name)).CreatedAt, (await InspectAsync(volume.Name)).Labels["team"]));
        }
        finally
        {
            await engine.Volumes.RemoveAsync(volume.Name, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Shared_MissingAndNotToBeMade_IsRefused()
    {
        var name = engine.Unique("shared");

        var failed = await Assert.ThrowsAsync<RuntimeException>(
            () => engine.Volumes.EnsureSharedAsync(new TaskVolume.Shared { Name = name }, Cancellation));
        Assert.Equal(
            $"initialize volume: volume detection failed, volume '{name}' does not exist and autoprovision is set to false: "
            + $"Error response from daemon: get {name}: no such volume",
            failed.Error.Message);
    }

    [Fact]
    public async Task Shared_MatchFullConfig_ComparesLabelsThenOptions()
    {
        var strict = new DockerVolumeStore(
            engine.Service<DockerApi>(), DockerEngine.Options with { SharedVolumeMatchFullConfig = true }, TimeProvider.System);
        var made = new TaskVolume.Shared
        {
            Name = engine.Unique("shared"),
            Autoprovision = true,
            Labels = Map("x", "1"),
            DriverOptions = Map("o", "uid=5,password=hidden").Add("type", "tmpfs").Add("device", "tmpfs"),
        };
        try
        {
            await strict.EnsureSharedAsync(made, Cancellation);
            await strict.EnsureSharedAsync(made, Cancellation);
            await engine.Volumes.EnsureSharedAsync(made with { Labels = Map("x", "2") }, Cancellation);

            Assert.Equal(
                "intialize volume: non-autoprovisioned volume does not match existing volume labels: existing: map[x:1], expected: map[x:2]",
                await RefusalAsync(strict, made with { Labels = Map("x", "2") }));
            Assert.Equal(
                "initialize volume: non-autoprovisioned volume does not match existing volume options: "
                + "existing: map[device:tmpfs o:uid=5,password=*** type:tmpfs], expected: map[]",
                await RefusalAsync(strict, made with { DriverOptions = ImmutableSortedDictionary<string, string>.Empty }));
        }
        finally
        {
            await engine.Volumes.RemoveAsync(made.Name, CancellationToken.None);
        }
    }

    private Task<VolumeResponse> InspectAsync(string name) =>
        engine.Service<DockerApi>().CallAsync(client => client.Volumes.InspectAsync(name, Cancellation), Cancellation);

    private static ImmutableSortedDictionary<string, string> Map(string key, string value) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(key, value);

    private static async Task<string> RefusalAsync(DockerVolumeStore volumes, TaskVolume.Shared volume) =>
        (await Assert.ThrowsAsync<RuntimeException>(() => volumes.EnsureSharedAsync(volume, Cancellation))).Error.Message;
}
