using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>Remembers of local images what is asked again and again, so that one answer of Docker serves all tasks.</summary>
internal sealed class ImageFacts(IImageStore images)
{
    private readonly ConcurrentDictionary<string, ImmutableArray<string>> _environmentNames = new(StringComparer.Ordinal);

    /// <summary>Notes what was just found or pulled.</summary>
    public void Learn(string image, LocalImage local) => _environmentNames[image] = local.EnvironmentNames;

    /// <summary>The reference now means another image.</summary>
    public void Forget(string image) => _environmentNames.TryRemove(image, out _);

    /// <summary>The names of the variables that the image sets; empty when it is not here.</summary>
    public async ValueTask<ImmutableArray<string>> EnvironmentNamesAsync(string image, CancellationToken cancellationToken)
    {
        if (_environmentNames.TryGetValue(image, out var names))
        {
            return names;
        }

        if (await images.FindAsync(image, cancellationToken).ConfigureAwait(false) is not { } local)
        {
            return [];
        }

        Learn(image, local);
        return local.EnvironmentNames;
    }
}
