using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.Host.Local;

/// <summary>Says why the scheduler found no place for a task.</summary>
internal static class PlacementFailure
{
    public static string Describe(IReadOnlyList<Failure> failures) => failures.Count == 0
        ? "The task was not placed, and no reason was given."
        : $"The task cannot be placed: {string.Join("; ", failures.Select(Describe).Distinct())}";

    private static string Describe(Failure failure)
    {
        var meaning = failure.Reason switch
        {
            "RESOURCE:CPU" => "it asks for more CPU than this machine has left (RESOURCE:CPU)",
            "RESOURCE:MEMORY" => "it asks for more memory than this machine has left (RESOURCE:MEMORY)",
            "RESOURCE:PORTS" => "a host port that it asks for is taken or reserved (RESOURCE:PORTS)",
            "ATTRIBUTE" => "this machine lacks an attribute that it requires (ATTRIBUTE)",
            "AGENT" => "the agent is not connected (AGENT)",
            var other => other ?? "no reason given",
        };
        return string.IsNullOrEmpty(failure.Detail) ? meaning : $"{meaning}: {failure.Detail}";
    }
}
