using Ecs.Agent.Application.Registration;
using Ecs.Agent.Infrastructure.Checkpoints;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints;

public sealed class FileIdentityStoreTests : IDisposable
{
    private static readonly PendingRegistration Pending = new("a15ce8b0-3d6f-4fd4-9d2b-0d8c1f1f2a11", "default", "i-0123");
    private static readonly SavedIdentity Identity = new("default", "arn:instance", "i-0123", "eu-central-1a");

    private readonly string _path = Directory.CreateTempSubdirectory("ecs-agent-identity-").FullName;
    private readonly DataDirectory _directory;

    public FileIdentityStoreTests()
    {
        _directory = DataDirectory.Take(_path);
    }

    public void Dispose()
    {
        _directory.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    [Fact]
    public void File_HoldsTheRegistrationUntilItHoldsTheIdentity()
    {
        Assert.Equal((null, null), (Open().LoadPending(), Open().Load()));

        var store = Open();
        store.SavePending(Pending);
        Assert.Equal((Pending, null), (store.LoadPending(), store.Load()));
        Assert.Equal((Pending, null), (Open().LoadPending(), Open().Load()));
        Assert.Null(CheckpointInspection.Inspect(_path).Identity);

        store.Save(Identity);
        Assert.Equal((null, Identity), (store.LoadPending(), store.Load()));
        Assert.Equal((null, Identity), (Open().LoadPending(), Open().Load()));
        Assert.Equal(Identity, CheckpointInspection.Inspect(_path).Identity);
    }

    /// <summary>On another machine: the identity that came with the disk is not that of this one.</summary>
    [Fact]
    public void Registration_TakesThePlaceOfAnIdentity()
    {
        Open().Save(Identity);

        var store = Open();
        Assert.Equal(Identity, store.Load());
        store.SavePending(Pending);

        Assert.Equal((Pending, null), (Open().LoadPending(), Open().Load()));
        store.Save(Identity);
        Assert.Equal(Identity, Open().Load());
    }

    [Fact]
    public void File_WithAnyBitFlipped_SaysNothingOrTheSame()
    {
        Open().SavePending(Pending);
        var whole = File.ReadAllBytes(_directory.IdentityPath);
        var said = new List<PendingRegistration?>();
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(_directory.IdentityPath, damaged);
            Assert.Null(Open().Load());
            said.Add(Open().LoadPending());
        }

        Assert.All(said, pending => Assert.True(pending is null || pending == Pending, pending?.ToString()));
        Assert.True(said.Count(pending => pending is null) > said.Count * 9 / 10);
    }

    private FileIdentityStore Open() => new(_directory, NullLogger<FileIdentityStore>.Instance);
}
