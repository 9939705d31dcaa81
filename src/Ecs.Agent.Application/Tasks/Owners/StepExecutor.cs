using Ecs.Agent.Application.Tasks.Containers;
using Ecs.Agent.Application.Tasks.HostResources;
using Ecs.Agent.Application.Tasks.Images;
using Ecs.Agent.Application.Tasks.Reporting;
using Ecs.Agent.Application.Tasks.Resources;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Tasks.Owners;

/// <summary>Maps each step to whoever carries it out. A new kind of step without an entry here does not compile.</summary>
internal sealed class StepExecutor(
    HostResourceLedger hostResources, ResourceSteps resources, ImageSteps images, ContainerSteps containers, ReportSubmitter reports)
{
    /// <summary>Carries the step out and gives what came of it. Throws only when cancelled, or for a defect.</summary>
    public Task<TaskEvent> ExecuteAsync(StepRun run, CancellationToken cancellationToken) => run.Step.Kind switch
    {
        TaskStepKind.ClaimHostResources => hostResources.ClaimAsync(run, cancellationToken),
        TaskStepKind.ReleaseHostResources => hostResources.ReleaseAsync(run),
        TaskStepKind.ProvisionResource => resources.ProvisionAsync(run, cancellationToken),
        TaskStepKind.ResolveManifest => images.ResolveManifestAsync(run, cancellationToken),
        TaskStepKind.PullImage => images.PullAsync(run, cancellationToken),
        TaskStepKind.CreateContainer => containers.CreateAsync(run, cancellationToken),
        TaskStepKind.StartContainer => containers.StartAsync(run, cancellationToken),
        TaskStepKind.StopContainer => containers.StopAsync(run, cancellationToken),
        TaskStepKind.InspectContainer => containers.InspectAsync(run, cancellationToken),
        TaskStepKind.SubmitReport => reports.SubmitAsync(run, cancellationToken),
        TaskStepKind.RemoveContainer => containers.RemoveAsync(run, cancellationToken),
        TaskStepKind.RemoveResource => resources.RemoveAsync(run, cancellationToken),
        TaskStepKind.ForgetTask => throw new InvalidOperationException("The owner itself forgets its task."),
    };
}
