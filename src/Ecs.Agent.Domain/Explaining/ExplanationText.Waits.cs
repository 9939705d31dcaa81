using System.Globalization;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;

namespace Ecs.Agent.Domain.Explaining;

/// <content>What something waits for.</content>
public static partial class ExplanationText
{
    /// <summary>A clause without a subject: <c>waits for db to become HEALTHY since …</c>.</summary>
    /// <param name="wait">What is waited for.</param>
    /// <param name="task">The explanation that it is part of.</param>
    public static string Describe(Wait wait, TaskExplanation task)
    {
        ArgumentNullException.ThrowIfNull(wait);
        ArgumentNullException.ThrowIfNull(task);
        var since = wait.Since is { } start ? $" {Phrases.Since(start, task.At)}" : "";
        return wait switch
        {
            Wait.Dependency w =>
                $"waits for {w.Container} to {Demand(w.Condition)}{since}; {StateOf(w, task)}{GivenUp(w.Deadline, task.At)}",
            Wait.Dependants w =>
                $"is stopped after {Phrases.List(w.Containers)}, which depend{(w.Containers.Length == 1 ? "s" : "")} on it",
            Wait.HostResources w => $"waits for this machine's resources{since}: {HostText(w)}",
            Wait.Registration =>
                $"waits until this agent is registered with the control plane{since}; until then nobody knows what this machine has",
            Wait.ImagePull w => PullText(w, since),
            Wait.Resource w => $"waits for {w.Key}, which is being made{since}",
            Wait.Credentials w => $"waits for the credentials of the {w.Role}, which the control plane has not sent{since}",
            Wait.StopSignal w =>
                $"was sent its stop signal{since} and is killed {Phrases.At(w.KillAt, task.At)} if it has not ended by then",
            Wait.Step w => $"{StepText(w.Kind)}{since}",
            Wait.CleanUp w => $"has its containers and volumes removed {Phrases.At(w.Due, task.At)}",
            _ => throw new ArgumentOutOfRangeException(nameof(wait), wait.GetType().Name, "A wait without words."),
        };
    }

    private static string Demand(DependencyCondition condition) => condition switch
    {
        DependencyCondition.Create => "be created",
        DependencyCondition.Start => "start",
        DependencyCondition.Complete => "end",
        DependencyCondition.Success => "end with exit code 0",
        DependencyCondition.Healthy => "become HEALTHY",
    };

    private static string StateOf(Wait.Dependency wait, TaskExplanation task)
    {
        if (task.Find(wait.Container) is not { } other)
        {
            return $"the task has no container {wait.Container}";
        }

        var health = wait.Condition == DependencyCondition.Healthy && other.Known == ContainerStatus.Running
            ? other.Health switch
            {
                HealthStatus.Unhealthy => " and its health check fails",
                HealthStatus.Healthy => " and HEALTHY",
                _ => " and its health check has not passed yet",
            }
            : "";
        return $"{other.Name} is {Phrases.Status(other.Known)} {Phrases.Since(other.KnownSince, task.At)}{health}";
    }

    private static string GivenUp(DateTimeOffset? deadline, DateTimeOffset now) => deadline is { } time
        ? $"; it is given up {Phrases.At(time, now)}, the other's startTimeout"
        : "";

    private static string HostText(Wait.HostResources wait)
    {
        var shortages = string.Join("; ", wait.Shortages.Select(Describe));
        var line = wait.Place == 1
            ? "it is first in line"
            : $"it is {Phrases.Ordinal(wait.Place)} in line, behind {Phrases.List([.. wait.Ahead.Select(Phrases.TaskId)])}";
        return wait.Shortages.IsEmpty ? $"what it needs is free, but {line}" : $"{shortages}; {line}";
    }

    private static string Describe(HostShortage shortage)
    {
        var number = shortage.Wanted.ToString(CultureInfo.InvariantCulture);
        return shortage.Kind switch
        {
            HostResourceKind.Cpu =>
                $"CPU: {number} units wanted, {shortage.Free} of {shortage.Total} free, {Holders(shortage, " units")}",
            HostResourceKind.Memory =>
                $"memory: {number} MiB wanted, {shortage.Free} of {shortage.Total} MiB free, {Holders(shortage, " MiB")}",
            HostResourceKind.TcpPort => $"TCP port {number} is {Holders(shortage, unit: null)}",
            HostResourceKind.UdpPort => $"UDP port {number} is {Holders(shortage, unit: null)}",
        };
    }

    private static string Holders(HostShortage shortage, string? unit)
    {
        const int shown = 5;
        var names = shortage.Holders.Take(shown)
            .Select(share => $"task {Phrases.TaskId(share.TaskArn)}" + (unit is null ? "" : $" ({share.Amount}{unit})"));
        var others = shortage.Holders.Length > shown ? $" and {shortage.Holders.Length - shown} more" : "";
        return shortage.Holders.IsEmpty ? "held by nobody" : $"held by {string.Join(", ", names)}{others}";
    }

    private static string PullText(Wait.ImagePull wait, string since) => wait.Pull switch
    {
        null => $"pulls {wait.Image}{since}",
        { Position: > 0 } pull =>
            $"waits for its turn to pull {wait.Image}{since}; it is {Phrases.Ordinal(pull.Position)} in the pull queue",
        { TotalBytes: <= 0 } => $"pulls {wait.Image}{since}; the registry has not said yet how big it is",
        { } pull =>
            $"pulls {wait.Image}{since}; {Phrases.Megabytes(pull.DownloadedBytes)} of {Phrases.Megabytes(pull.TotalBytes)} are here, "
            + $"{Phrases.Megabytes(Math.Max(0, pull.TotalBytes - pull.DownloadedBytes))} to go",
    };

    private static string StepText(TaskStepKind kind) => kind switch
    {
        TaskStepKind.ClaimHostResources => "waits for this machine's resources",
        TaskStepKind.ReleaseHostResources => "gives back this machine's resources",
        TaskStepKind.ProvisionResource => "waits for a resource, which is being made",
        TaskStepKind.ResolveManifest => "has its image's digest looked up in the registry",
        TaskStepKind.PullImage => "has its image pulled",
        TaskStepKind.CreateContainer => "is being created: waits for a place among the launches or for Docker's answer",
        TaskStepKind.StartContainer => "is being started: waits for a place among the launches or for Docker's answer",
        TaskStepKind.StopContainer => "is being stopped",
        TaskStepKind.InspectContainer => "is being looked at: waits for Docker's answer",
        TaskStepKind.SubmitReport => "has its state reported, which the control plane has not accepted yet",
        TaskStepKind.RemoveContainer => "is being removed",
        TaskStepKind.RemoveResource => "has a resource removed",
        TaskStepKind.ForgetTask => "is being forgotten",
    };
}
