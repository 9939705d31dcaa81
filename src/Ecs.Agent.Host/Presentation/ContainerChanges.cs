using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Explaining;

namespace Ecs.Agent.Host.Presentation;

/// <summary>Says in words what became of one container between two snapshots.</summary>
internal static class ContainerChanges
{
    /// <summary>One phrase for each thing worth a line, in the order in which they happened. Null <paramref name="before"/>: just admitted.</summary>
    public static IEnumerable<string> Between(EcsContainer? before, EcsContainer after, Palette palette)
    {
        var known = before?.Known ?? ContainerStatus.None;
        return PullPhrases(known, after)
            .Concat(LifePhrases(before, known, after, palette))
            .Concat(EndPhrases(before, known, after, palette));
    }

    private static IEnumerable<string> PullPhrases(ContainerStatus known, EcsContainer after)
    {
        if (!after.PullRequired || after.Error is not null)
        {
            yield break;
        }

        if (known < ContainerStatus.ManifestPulled && after.Known == ContainerStatus.ManifestPulled)
        {
            yield return $"pulling {after.Definition.Image}";
        }

        if (known < ContainerStatus.Pulled && after.Known is >= ContainerStatus.Pulled and < ContainerStatus.Stopped)
        {
            yield return $"pulled {after.Definition.Image}";
        }
    }

    private static IEnumerable<string> LifePhrases(EcsContainer? before, ContainerStatus known, EcsContainer after, Palette palette)
    {
        if (known < ContainerStatus.Created && after.Known == ContainerStatus.Created)
        {
            yield return $"CREATED {ShortId(after.RuntimeId)}".TrimEnd();
        }

        var bound = string.Join(", ", after.NetworkBindings.Select(Describe));
        var startsNow = known < ContainerStatus.Running && after.IsRunning;
        if (startsNow)
        {
            yield return $"{palette.Good("RUNNING")} {bound}".TrimEnd();
        }
        else if (after.IsRunning && bound.Length > 0 && before?.NetworkBindings.IsEmpty == true)
        {
            yield return $"listens on {bound}";
        }

        if (after.IsRunning && after.Health != (before?.Health ?? HealthStatus.Unknown))
        {
            yield return after.Health switch
            {
                HealthStatus.Healthy => palette.Good("HEALTHY"),
                HealthStatus.Unhealthy => palette.Bad("UNHEALTHY"),
                _ => "health unknown",
            };
        }

        if (after.RestartCount > (before?.RestartCount ?? 0))
        {
            yield return palette.Attention($"restarted ({after.RestartCount})");
        }
    }

    private static IEnumerable<string> EndPhrases(EcsContainer? before, ContainerStatus known, EcsContainer after, Palette palette)
    {
        if (after.Known == ContainerStatus.Stopped && known != ContainerStatus.Stopped)
        {
            yield return Stopped(after, palette);
        }
        else if (after.Error is { } error && before?.Error is null)
        {
            yield return palette.Attention(error.Reason);
        }
    }

    private static string Stopped(EcsContainer container, Palette palette)
    {
        var reason = container.Error is { } error ? $": {error.Reason}" : "";
        if (!RunOutcome.HasRun(container))
        {
            return container.Error is null
                ? "STOPPED before it was started"
                : palette.Bad($"STOPPED, not started, image {container.Definition.Image}{reason}");
        }

        var text = $"STOPPED, {ExitCode.Describe(container.ExitCode ?? 0)}{reason}";
        return container.ExitCode == 0 && container.Error is null ? text : palette.Bad(text);
    }

    /// <summary>Twelve digits, as <c>docker ps</c> has them.</summary>
    private static string ShortId(string? runtimeId) => runtimeId is { Length: > 12 } ? runtimeId[..12] : runtimeId ?? "";

    private static string Describe(NetworkBinding binding)
    {
        var address = binding.BindIp.Contains(':', StringComparison.Ordinal) ? $"[{binding.BindIp}]" : binding.BindIp;
        var protocol = binding.Protocol == TransportProtocol.Udp ? "udp" : "tcp";
        return binding.ContainerPortRange is { } range
            ? $"{address}:{binding.HostPortRange}->{range}/{protocol}"
            : $"{address}:{binding.HostPort}->{binding.ContainerPort}/{protocol}";
    }
}
