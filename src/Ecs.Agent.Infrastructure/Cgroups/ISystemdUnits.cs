using Ecs.Agent.Infrastructure.Cgroups.Systemd;

namespace Ecs.Agent.Infrastructure.Cgroups;

/// <summary>The slices that systemd keeps for us. All throw <see cref="Application.Cgroups.CgroupException"/>.</summary>
internal interface ISystemdUnits
{
    /// <summary>Starts a slice that no file describes, and is back when its control group is there. One that runs already gets the properties.</summary>
    Task StartSliceAsync(string name, IReadOnlyList<SystemdProperty> properties, CancellationToken cancellationToken);

    /// <summary>Stops the slice, and is back when its control group is gone. One that is unknown is success.</summary>
    Task StopSliceAsync(string name, CancellationToken cancellationToken);
}
