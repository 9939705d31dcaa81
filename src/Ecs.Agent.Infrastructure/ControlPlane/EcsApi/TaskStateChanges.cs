using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Protocol.EcsApi;
using NetworkBinding = Ecs.Agent.Protocol.EcsApi.NetworkBinding;

namespace Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

/// <summary>Puts a report into the words of SubmitTaskStateChange.</summary>
internal static class TaskStateChanges
{
    private const int ReasonBytes = 1024;
    private const int IdBytes = 255;
    private const int BindingsWithARange = 100;

    public static SubmitTaskStateChangeRequest Of(TaskStateReport report, string cluster) => new()
    {
        Cluster = cluster,
        Task = report.TaskArn,
        Status = NameOf(report.Status),
        Reason = Utf8Limit.Truncate(report.Reason, ReasonBytes),
        Containers = report.Containers.IsDefaultOrEmpty ? null : [.. report.Containers.Select(Of)],
        PullStartedAt = report.PullStartedAt,
        PullStoppedAt = report.PullStoppedAt,
        ExecutionStoppedAt = report.ExecutionStoppedAt,
    };

    private static ContainerStateChange Of(ContainerStateReport container) => new()
    {
        ContainerName = container.ContainerName,
        Status = NameOf(container.Status),
        RuntimeId = Limited(container.RuntimeId, IdBytes),
        ImageDigest = Limited(container.ImageDigest, IdBytes),
        ExitCode = container.ExitCode,
        Reason = Limited(container.Reason, ReasonBytes),
        NetworkBindings = container.Status == ReportedStatus.Pending ? null : Of(container.NetworkBindings),
    };

    /// <summary>
    /// A container with a port range may have so many bindings at most. Rather some of them than a task of which nothing is ever heard: those
    /// on IPv6 addresses, which say little that the others do not, are the first to be left out.
    /// </summary>
    private static NetworkBinding[]? Of(ImmutableArray<Domain.Containers.NetworkBinding> bindings)
    {
        if (bindings.IsDefaultOrEmpty)
        {
            return null;
        }

        return bindings.Length > BindingsWithARange && bindings.Any(binding => binding.ContainerPortRange is not null)
            ? [.. bindings.OrderBy(binding => binding.BindIp.Contains(':')).Take(BindingsWithARange).Select(Of)]
            : [.. bindings.Select(Of)];
    }

    private static NetworkBinding Of(Domain.Containers.NetworkBinding binding) => new()
    {
        BindIP = binding.BindIp,
        ContainerPort = binding.ContainerPort,
        HostPort = binding.HostPort,
        ContainerPortRange = binding.ContainerPortRange,
        HostPortRange = binding.HostPortRange,
        Protocol = binding.Protocol == TransportProtocol.Udp ? "udp" : "tcp",
    };

    private static string? Limited(string? text, int maximumBytes) =>
        string.IsNullOrEmpty(text) ? null : Utf8Limit.Truncate(text, maximumBytes);

    private static string NameOf(ReportedStatus status) => status switch
    {
        ReportedStatus.Running => "RUNNING",
        ReportedStatus.Stopped => "STOPPED",
        _ => "PENDING",
    };
}
