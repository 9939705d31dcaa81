using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Domain.Reporting;

namespace Ecs.Agent.KillPoints;

/// <summary>Kill points around the registration and the reports.</summary>
internal sealed class FatalControlPlane(IControlPlane inner, KillPoints points, TaskNames names) : IControlPlane
{
    public Task<ContainerInstance> RegisterAsync(ContainerInstanceRegistration registration, CancellationToken cancellationToken) =>
        points.AroundAsync("register", () => inner.RegisterAsync(registration, cancellationToken));

    public Task SubmitAsync(TaskStateReport report, CancellationToken cancellationToken) => points.AroundAsync(
        $"report {names.Of(report.TaskArn)}-{report.Status}".ToLowerInvariant(), () => inner.SubmitAsync(report, cancellationToken));
}
