using System.Collections.Immutable;
using System.Globalization;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Infrastructure.Aws;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

/// <summary>Puts a registration into the words of RegisterContainerInstance and judges the answer.</summary>
internal static class InstanceRegistrations
{
    public static RegisterContainerInstanceRequest Of(
        ContainerInstanceRegistration registration, string cluster, InstanceIdentity identity)
    {
        return new RegisterContainerInstanceRequest
        {
            Cluster = cluster,
            ClientToken = registration.ClientToken,
            ContainerInstanceArn = registration.ContainerInstanceArn,
            InstanceIdentityDocument = identity.Document,
            InstanceIdentityDocumentSignature = identity.Signature,
            TotalResources =
            [
                Integer("CPU", registration.Cpu),
                Integer("MEMORY", registration.MemoryMiB),
                Ports("PORTS", registration.ReservedTcpPorts),
                Ports("PORTS_UDP", registration.ReservedUdpPorts),
            ],
            PlatformDevices = registration.GpuSupport
                ? [.. registration.GpuIds.Select(id => new PlatformDevice { Id = id, Type = "GPU" })]
                : null,
            Attributes = [.. registration.Attributes.Select(attribute => new EcsAttribute { Name = attribute.Key, Value = attribute.Value })],
            Tags = registration.Tags.IsEmpty ? null : [.. registration.Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })],
        };
    }

    /// <summary>
    /// The requested attributes that did not come back with the value they were sent with. A name without value and a missing one count
    /// the same.
    /// </summary>
    public static ImmutableArray<string> AttributesNotEchoed(
        ContainerInstanceRegistration registration, IReadOnlyList<EcsAttribute>? answered)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in answered ?? [])
        {
            values[attribute.Name ?? ""] = attribute.Value ?? "";
        }

        return
        [
            .. registration.Attributes
                .Where(requested => values.GetValueOrDefault(requested.Key, "") != (requested.Value ?? ""))
                .Select(requested => requested.Key),
        ];
    }

    public static string? AvailabilityZone(IReadOnlyList<EcsAttribute>? attributes) =>
        attributes?.FirstOrDefault(attribute => attribute.Name == "ecs.availability-zone")?.Value;

    // The value 0 is left out on the wire; the control plane reads a missing one as 0.
    private static Resource Integer(string name, int value) =>
        new() { Name = name, Type = "INTEGER", IntegerValue = value == 0 ? null : value };

    private static Resource Ports(string name, ImmutableArray<int> ports) => new()
    {
        Name = name,
        Type = "STRINGSET",
        StringSetValue = [.. ports.Select(port => port.ToString(CultureInfo.InvariantCulture))],
    };
}
