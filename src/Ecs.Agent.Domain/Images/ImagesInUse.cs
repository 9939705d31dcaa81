using System.Collections.Immutable;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Images;

/// <summary>
/// The images that the agent's tasks need, by id and by familiar name. Derived from the tasks each time it is asked for, never counted.
/// </summary>
public sealed record ImagesInUse
{
    private ImagesInUse(ImmutableHashSet<string> ids, ImmutableHashSet<string> names)
    {
        Ids = ids;
        Names = names;
    }

    public ImmutableHashSet<string> Ids { get; }

    public ImmutableHashSet<string> Names { get; }

    /// <summary>
    /// What these tasks need: the image of each container that has not been removed, by what it was made from and by what its definition
    /// names. A stopped task keeps its images until its clean-up.
    /// </summary>
    public static ImagesInUse By(IEnumerable<EcsTask> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var containers = tasks.SelectMany(task => task.Containers).Where(container => !container.Removed).ToList();
        return new ImagesInUse(
            [.. containers.Select(container => container.ImageId).OfType<string>()],
            [.. containers.Select(container => ImageReference.FamiliarName(container.Definition.Image))]);
    }

    /// <summary>Whether a task needs the image of that id or any of these familiar names.</summary>
    public bool Contains(string id, IEnumerable<string> names) => Ids.Contains(id) || Names.Overlaps(names);

    /// <inheritdoc cref="Contains(string, IEnumerable{string})"/>
    public bool Contains(ImageRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Contains(record.Id, record.Names);
    }
}
