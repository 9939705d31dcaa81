using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Infrastructure.Tests.Docker.Registries;

/// <summary>Docker's own images, and who asked for what of them.</summary>
internal sealed class WatchedImageStore(IImageStore images) : IImageStore
{
    private int _pulling;

    /// <summary>The references that were pulled, in the order in which the pulls began.</summary>
    public ConcurrentQueue<string> Pulls { get; } = new();

    /// <summary>The most pulls that there ever were at the same time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Called before each pull with how many there were before it.</summary>
    public Func<int, Task> BeforePull { get; set; } = _ => Task.CompletedTask;

    public Task<LocalImage?> FindAsync(string image, CancellationToken cancellationToken) => images.FindAsync(image, cancellationToken);

    public Task<string?> ResolveDigestAsync(string image, RegistryLogin? login, CancellationToken cancellationToken) =>
        images.ResolveDigestAsync(image, login, cancellationToken);

    public async Task PullAsync(
        string image, string? digest, RegistryLogin? login, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        var before = Pulls.Count;
        Pulls.Enqueue(image);
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _pulling));
        try
        {
            await BeforePull(before);
            await images.PullAsync(image, digest, login, progress, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _pulling);
        }
    }

    public Task<ImmutableArray<HostImage>> ListAsync(CancellationToken cancellationToken) => images.ListAsync(cancellationToken);

    public Task DeleteAsync(string nameOrId, CancellationToken cancellationToken) => images.DeleteAsync(nameOrId, cancellationToken);
}
