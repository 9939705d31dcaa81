using Ecs.Agent.Protocol.Acs;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>
/// What a task that was understood must still fulfil before it can be prepared: whatever it names of itself has to be there. Looked for in
/// the order of preparation, and the first thing found is the one that is told.
/// </summary>
internal static class AcsPreparation
{
    /// <summary>The first problem, or null.</summary>
    public static string? ProblemOf(AcsTask task)
    {
        var names = (task.Containers ?? []).Select(container => container?.Name).ToHashSet(StringComparer.Ordinal);
        return ProblemsOf(task, names).FirstOrDefault();
    }

    /// <summary>The associations that lend a GPU; others mean nothing to the engine.</summary>
    public static IEnumerable<Association> GpusOf(AcsTask task) =>
        (task.Associations ?? []).Where(association => association?.Type == "gpu");

    private static IEnumerable<string> ProblemsOf(AcsTask task, HashSet<string?> names)
    {
        var containers = (task.Containers ?? []).Where(container => container is not null).ToList();
        foreach (var source in containers.SelectMany(container => container.VolumesFrom ?? []).Where(source => source is not null))
        {
            if (!names.Contains(source.SourceContainer))
            {
                yield return $"could not find container with name {source.SourceContainer}";
            }
        }

        foreach (var link in containers.SelectMany(container => container.Links ?? []).Select(link => link.Split(':')))
        {
            if (link.Length > 2)
            {
                yield return "Invalid link format";
            }

            if (!names.Contains(link[0]))
            {
                yield return $"could not find container with name {link[0]}";
            }
        }

        foreach (var gpu in GpusOf(task))
        {
            if (gpu.Containers is not [var owner])
            {
                yield return $"could not associate multiple containers to GPU {gpu.Name}";
            }
            else if (!names.Contains(owner))
            {
                yield return $"could not find container with name {owner} for associating GPU {gpu.Name}";
            }
        }

        if ((task.Volumes ?? []).Any(volume => volume?.Type == "fsxWindowsFileServer"))
        {
            yield return "task with FSx for Windows File Server volumes is only supported on Windows container instance";
        }
    }
}
