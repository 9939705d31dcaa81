using System.Globalization;
using System.Text.Json.Nodes;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Payload;

/// <summary><c>dockerConfig.hostConfig</c>: the part of Docker's host config that passes through the agent untouched.</summary>
internal static class DockerHostConfig
{
    private const long BytesPerMiB = 1024 * 1024;

    public static string? Of(ContainerDefinition container, PayloadContext context)
    {
        var host = new JsonObject { ["NetworkMode"] = context.NetworkMode };
        host.Set("Privileged", container.Privileged);
        host.Set("ReadonlyRootfs", container.ReadonlyRootFilesystem);
        host.Set("Dns", DockerJson.Strings(container.DnsServers));
        host.Set("DnsSearch", DockerJson.Strings(container.DnsSearchDomains));
        host.Set("ExtraHosts", DockerJson.Strings(container.ExtraHosts?.Select(entry => $"{entry.Hostname}:{entry.IpAddress}").ToArray()));
        host.Set("SecurityOpt", DockerJson.Strings(container.DockerSecurityOptions));
        host.Set("MemoryReservation", container.MemoryReservation * BytesPerMiB);
        host.Set("Ulimits", Ulimits(container.Ulimits));
        host.Set("Sysctls", Sysctls(container.SystemControls));
        host.Set("LogConfig", Log(container, context));
        SetLinuxParameters(host, container);
        return DockerJson.TextOrAbsent(host);
    }

    private static void SetLinuxParameters(JsonObject host, ContainerDefinition container)
    {
        if (container.LinuxParameters is not { } linux)
        {
            return;
        }

        host.Set("CapAdd", DockerJson.Strings(linux.Capabilities?.Add));
        host.Set("CapDrop", DockerJson.Strings(linux.Capabilities?.Drop));
        host.Set("Devices", Devices(linux.Devices));
        host.Set("Init", linux.InitProcessEnabled);
        host.Set("ShmSize", linux.SharedMemorySize * BytesPerMiB);
        host.Set("Tmpfs", Tmpfs(linux.Tmpfs));
        SetSwap(host, linux, container.Memory);
    }

    // Docker counts memory and swap together, so a swap size means something only beside a memory limit. Without maxSwap, ECS ignores
    // swappiness and Docker would give twice the memory.
    private static void SetSwap(JsonObject host, LinuxParameters linux, int? memory)
    {
        if (linux.MaxSwap is not { } swap)
        {
            return;
        }

        if (memory > 0)
        {
            host.Set("MemorySwap", ((long)memory + swap) * BytesPerMiB);
        }

        host.Set("MemorySwappiness", linux.Swappiness);
    }

    private static JsonArray Ulimits(IReadOnlyList<Ulimit>? ulimits) => [.. (ulimits ?? []).Select(JsonNode (Ulimit ulimit) => new JsonObject
    {
        ["Name"] = ulimit.Name,
        ["Soft"] = ulimit.SoftLimit,
        ["Hard"] = ulimit.HardLimit,
    })];

    private static JsonObject Sysctls(IReadOnlyList<SystemControl>? controls)
    {
        var sysctls = new JsonObject();
        foreach (var control in controls ?? [])
        {
            sysctls[control.Namespace ?? ""] = control.Value;
        }

        return sysctls;
    }

    private static JsonArray Devices(IReadOnlyList<Device>? devices) => [.. (devices ?? []).Select(JsonNode (Device device) => new JsonObject
    {
        ["PathOnHost"] = device.HostPath,
        ["PathInContainer"] = string.IsNullOrEmpty(device.ContainerPath) ? device.HostPath : device.ContainerPath,
        ["CgroupPermissions"] = Permissions(device.Permissions),
    })];

    private static string Permissions(IReadOnlyList<string>? permissions) => permissions is not { Count: > 0 }
        ? "rwm"
        : string.Concat(permissions.Select(permission => permission[..1]));

    private static JsonObject Tmpfs(IReadOnlyList<Tmpfs>? mounts)
    {
        var tmpfs = new JsonObject();
        foreach (var mount in mounts ?? [])
        {
            var size = string.Create(CultureInfo.InvariantCulture, $"size={mount.Size * BytesPerMiB}");
            tmpfs[mount.ContainerPath ?? ""] = string.Join(',', [.. mount.MountOptions ?? [], size]);
        }

        return tmpfs;
    }

    private static JsonObject? Log(ContainerDefinition container, PayloadContext context) =>
        container.LogConfiguration is not { } log ? null : new()
        {
            ["Type"] = log.LogDriver,
            ["Config"] = DockerJson.Map(log.LogDriver == "awslogs" ? WithStream(log.Options, container, context) : log.Options),
        };

    // Docker's awslogs driver knows no prefix; the backend makes the stream name prefix/container/task of it.
    private static IEnumerable<KeyValuePair<string, string>>? WithStream(
        IReadOnlyDictionary<string, string>? options, ContainerDefinition container, PayloadContext context) =>
        options?.Select(option => option.Key == "awslogs-stream-prefix"
            ? KeyValuePair.Create("awslogs-stream", $"{option.Value}/{container.Name}/{context.TaskId}")
            : option);
}
