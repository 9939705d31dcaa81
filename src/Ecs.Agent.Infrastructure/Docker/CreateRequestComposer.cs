using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Networking;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>
/// Makes the body of Docker's create request from a container's definition: what the agent decides first, then the control plane's
/// ready-made <c>dockerConfig</c> over it, then what must hold whatever that says.
/// </summary>
internal static class CreateRequestComposer
{
    private const int LeastCpuShares = 2;
    private const int MostCpuShares = 262144;
    private const int LeastMemoryMiB = 4;
    private const long BytesPerMiB = 1048576;

    /// <summary>The request's body.</summary>
    /// <exception cref="RuntimeException"><c>HostConfigError</c> or <c>DockerClientConfigError</c>; asking again will not help.</exception>
    public static JsonObject Compose(ContainerCreation creation, ImmutableArray<PublishedPort> ports)
    {
        var hostConfig = HostConfig(creation, ports);
        var request = Config(creation, ports);
        RequireHealthCheck(creation.Container, request);
        ApplyLabels(creation, request);
        if (SharesNetworkNamespace(hostConfig))
        {
            GoJsonMerge.Remove(hostConfig, "PortBindings");
            GoJsonMerge.Remove(request, "ExposedPorts");
        }

        // A member of that name inside dockerConfig.config is not part of Docker's config structure and would be lost there, too.
        GoJsonMerge.Set(request, "HostConfig", hostConfig);
        return request;
    }

    private static JsonObject HostConfig(ContainerCreation creation, ImmutableArray<PublishedPort> ports)
    {
        var container = creation.Container;
        var hostConfig = new JsonObject();
        SetArray(hostConfig, "Links", container.Links.Select(link => Link(link, creation.DockerNames)));
        SetArray(hostConfig, "Binds", container.MountPoints.Select(mount => Bind(mount, creation)));
        SetPortBindings(hostConfig, ports);
        SetArray(hostConfig, "VolumesFrom", container.VolumesFrom.Select(from => VolumesFrom(from, creation.DockerNames)));
        hostConfig["CpuShares"] = Math.Clamp(container.Cpu, LeastCpuShares, MostCpuShares);
        var memoryMiB = container.MemoryMiB > 0 ? container.MemoryMiB : creation.InheritedMemoryMiB;
        if (memoryMiB > 0)
        {
            hostConfig["Memory"] = Math.Max(memoryMiB, LeastMemoryMiB) * BytesPerMiB;
        }

        AddAccelerators(hostConfig, creation);
        if (container.IsInternal)
        {
            // Whatever the agent adds for itself talks to nobody.
            hostConfig["NetworkMode"] = "none";
        }

        if (container.DockerConfig.HostConfig is { } json && GoJsonMerge.Into(hostConfig, json, "HostConfig") is { } problem)
        {
            throw HostConfigError("Unable to decode given host config: " + problem);
        }

        if (creation.CgroupParent is { } cgroup)
        {
            GoJsonMerge.Set(hostConfig, "CgroupParent", JsonValue.Create(cgroup));
        }

        LogConfiguration.Complete(hostConfig, creation);
        ShareIpc(hostConfig);
        if (!container.IsInternal)
        {
            JoinNamespace(hostConfig, "PidMode", creation.Task.PidMode, creation.NamespacePauseId);
            JoinNamespace(hostConfig, "IpcMode", creation.Task.IpcMode, creation.NamespacePauseId);
        }

        return hostConfig;
    }

    private static JsonObject Config(ContainerCreation creation, ImmutableArray<PublishedPort> ports)
    {
        var container = creation.Container;
        var config = new JsonObject { ["Image"] = container.Image };
        SetArray(config, "Cmd", container.Command);
        if (container.EntryPoint is { IsDefault: false } entryPoint)
        {
            config["Entrypoint"] = ArrayOf(entryPoint);
        }

        SetArray(config, "Env", creation.Environment.Select(variable => variable.Key + "=" + variable.Value));
        if (ports.Length > 0)
        {
            var exposed = new JsonObject();
            foreach (var port in ports)
            {
                exposed[Key(port)] = new JsonObject();
            }

            config["ExposedPorts"] = exposed;
        }

        if (container.DockerConfig.Config is { } json && GoJsonMerge.Into(config, json, "Config") is { } problem)
        {
            throw ClientConfigError("Unable decode given docker config: " + problem);
        }

        return config;
    }

    private static void RequireHealthCheck(ContainerDefinition container, JsonObject config)
    {
        if (container.HasHealthCheck && GoJsonMerge.Find(config, "Healthcheck") is null)
        {
            throw ClientConfigError("docker health check is nil while container health check type is DOCKER");
        }
    }

    private static void ApplyLabels(ContainerCreation creation, JsonObject config)
    {
        if (GoJsonMerge.Find(config, "Labels") is not JsonObject labels)
        {
            labels = [];
            GoJsonMerge.Set(config, "Labels", labels);
        }

        foreach (var (name, value) in creation.ConfiguredLabels)
        {
            labels[name] = value;
        }

        foreach (var (name, value) in ContainerLabels.Of(creation))
        {
            labels[name] = value;
        }
    }

    private static bool SharesNetworkNamespace(JsonObject hostConfig) =>
        TextOf(GoJsonMerge.Find(hostConfig, "NetworkMode"))?.StartsWith("container:", StringComparison.Ordinal) == true;

    // Docker's own default is "private" since API 1.40; ECS containers have always been created with the older default.
    private static void ShareIpc(JsonObject hostConfig)
    {
        if (TextOf(GoJsonMerge.Find(hostConfig, "IpcMode")) is null or "")
        {
            GoJsonMerge.Set(hostConfig, "IpcMode", JsonValue.Create("shareable"));
        }
    }

    private static void AddAccelerators(JsonObject hostConfig, ContainerCreation creation)
    {
        if (creation.Runtime is { } runtime)
        {
            hostConfig["Runtime"] = runtime;
        }

        if (creation.RequestedGpus is { } gpus)
        {
            hostConfig["DeviceRequests"] = new JsonArray(new JsonObject
            {
                ["Capabilities"] = new JsonArray(new JsonArray("gpu")),
                ["DeviceIDs"] = ArrayOf(gpus),
            });
        }
    }

    private static void JoinNamespace(JsonObject hostConfig, string member, NamespaceMode mode, string? pauseId)
    {
        string? joined = mode switch
        {
            NamespaceMode.Host => "host",
            NamespaceMode.None => "none",
            NamespaceMode.Task => "container:" + (pauseId ?? throw HostConfigError("The task's namespace container does not exist.")),
            _ => null,
        };
        if (joined is not null)
        {
            GoJsonMerge.Set(hostConfig, member, JsonValue.Create(joined));
        }
    }

    private static string Link(string link, ImmutableDictionary<string, string> dockerNames)
    {
        var parts = link.Split(':');
        if (parts.Length > 2)
        {
            throw HostConfigError("Invalid link format");
        }

        return dockerNames.TryGetValue(parts[0], out var target)
            ? target + ":" + parts[^1]
            : throw HostConfigError("Link target not available: " + parts[0]);
    }

    private static string VolumesFrom(VolumeFrom from, ImmutableDictionary<string, string> dockerNames) =>
        dockerNames.TryGetValue(from.SourceContainer, out var target)
            ? target + (from.ReadOnly ? ":ro" : "")
            : throw HostConfigError("Volume target not available: " + from.SourceContainer);

    private static string Bind(MountPoint mount, ContainerCreation creation)
    {
        var source = creation.Task.Volumes.FirstOrDefault(volume => volume.Name == mount.SourceVolume) switch
        {
            TaskVolume.Host host => host.SourcePath,
            TaskVolume.TaskScoped scoped => scoped.DockerName,
            TaskVolume.Shared shared => shared.Name,
            _ => throw HostConfigError("Invalid volume referenced: " + mount.SourceVolume),
        };
        return source.Length > 0 && mount.ContainerPath.Length > 0
            ? source + ":" + mount.ContainerPath + (mount.ReadOnly ? ":ro" : "")
            : throw HostConfigError(
                "Unable to resolve volume mounts; invalid path: "
                + $"{creation.Container.Name} {mount.SourceVolume}; {source} -> {mount.ContainerPath}");
    }

    private static void SetPortBindings(JsonObject hostConfig, ImmutableArray<PublishedPort> ports)
    {
        if (ports.Length == 0)
        {
            return;
        }

        var bindings = new JsonObject();
        foreach (var port in ports)
        {
            var binding = new JsonObject { ["HostPort"] = port.HostPort.ToString(CultureInfo.InvariantCulture) };
            if (bindings[Key(port)] is JsonArray existing)
            {
                existing.Add((JsonNode)binding);
            }
            else
            {
                bindings[Key(port)] = new JsonArray(binding);
            }
        }

        hostConfig["PortBindings"] = bindings;
    }

    private static string Key(PublishedPort port) => string.Create(
        CultureInfo.InvariantCulture, $"{port.ContainerPort}/{(port.Protocol is TransportProtocol.Udp ? "udp" : "tcp")}");

    private static void SetArray(JsonObject target, string member, IEnumerable<string> values)
    {
        var array = ArrayOf(values);
        if (array.Count > 0)
        {
            target[member] = array;
        }
    }

    private static JsonArray ArrayOf(IEnumerable<string> values)
    {
        var array = new JsonArray();
        foreach (var value in values)
        {
            array.Add((JsonNode)JsonValue.Create(value));
        }

        return array;
    }

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static RuntimeException HostConfigError(string message) =>
        new(new ContainerError(ContainerErrorNames.HostConfig, message), RuntimeFailureKind.Permanent);

    private static RuntimeException ClientConfigError(string message) =>
        new(new ContainerError(ContainerErrorNames.DockerClientConfig, message), RuntimeFailureKind.Permanent);
}
