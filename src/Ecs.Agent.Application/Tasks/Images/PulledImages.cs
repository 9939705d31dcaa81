using System.Collections.Concurrent;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>The image references that this agent has pulled itself: what the pull behaviour <c>once</c> goes by.</summary>
internal sealed class PulledImages
{
    private readonly ConcurrentDictionary<string, byte> _references = new(StringComparer.Ordinal);

    public void Add(string image) => _references.TryAdd(image, 0);

    public bool Contains(string image) => _references.ContainsKey(image);
}
