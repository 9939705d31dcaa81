using Ecs.Agent.Domain.Explaining;

namespace Ecs.Agent.Host.Presentation;

/// <summary>What an explanation adds to the lines that a watched run has shown already.</summary>
internal static class RunExplanation
{
    /// <summary>
    /// The containers behind the one that the summary names, what an end means beyond its exit code, and who did not heed the stop signal.
    /// </summary>
    public static IEnumerable<string> Of(TaskExplanation task)
    {
        var culprits = task.Stop?.Culprits ?? [];
        for (var i = 0; i < culprits.Length; i++)
        {
            if (task.Find(culprits[i]) is { End: { } end } container && (i > 0 || SaysMore(end)))
            {
                yield return $"{(i > 0 ? "because " : "")}{container.Name} {ExplanationText.Describe(end, container)}";
            }
        }

        foreach (var container in task.Containers)
        {
            if (container.End is ContainerEnd.Exited { Response: StopResponse.Killed } end)
            {
                yield return $"{container.Name} {ExplanationText.Describe(end, container)}";
            }
        }
    }

    private static bool SaysMore(ContainerEnd end) => end is ContainerEnd.OutOfMemory or ContainerEnd.Vanished
        || (end is ContainerEnd.Exited { Response: StopResponse.None, ExitCode: { } code } && ExitCode.Of(code) is ExitCode.Signal);
}
