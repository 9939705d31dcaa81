namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>Ulimits, kernel parameters and credential specs.</summary>
internal static class LinuxRules
{
    private const int Unlimited = -1;

    public static void Check(ContainerRules rules)
    {
        CheckUlimits(rules);
        CheckCredentialSpecs(rules);
        if (rules.Container.LinuxParameters is not { } linux)
        {
            return;
        }

        rules.Definition.Range(rules.Path("linuxParameters.swappiness"), linux.Swappiness, 0, 100);
        rules.Definition.Range(rules.Path("linuxParameters.maxSwap"), linux.MaxSwap, 0, int.MaxValue, "MiB");
        rules.Definition.Range(rules.Path("linuxParameters.sharedMemorySize"), linux.SharedMemorySize, 1, int.MaxValue, "MiB");
        foreach (var (index, mount) in (linux.Tmpfs ?? []).Index())
        {
            rules.Definition.NotEmpty(rules.Path("linuxParameters.tmpfs", index, "containerPath"), mount.ContainerPath,
                "Tmpfs.containerPath");
            rules.Definition.Range(rules.Path("linuxParameters.tmpfs", index, "size"), mount.Size, 1, int.MaxValue, "MiB");
        }

        foreach (var (index, device) in (linux.Devices ?? []).Index())
        {
            rules.Definition.NotEmpty(rules.Path("linuxParameters.devices", index, "hostPath"), device.HostPath, "Device.hostPath");
        }
    }

    private static void CheckUlimits(ContainerRules rules)
    {
        foreach (var (index, ulimit) in (rules.Container.Ulimits ?? []).Index())
        {
            var soft = ulimit.SoftLimit == Unlimited ? int.MaxValue : ulimit.SoftLimit;
            var hard = ulimit.HardLimit == Unlimited ? int.MaxValue : ulimit.HardLimit;
            if (soft > hard)
            {
                rules.Definition.Add(rules.Path("ulimits", index),
                    $"The soft limit of ulimit '{ulimit.Name}' ({ulimit.SoftLimit}) must not be greater than its hard limit"
                    + $" ({ulimit.HardLimit}).");
            }
        }
    }

    private static void CheckCredentialSpecs(ContainerRules rules)
    {
        var specs = rules.Container.CredentialSpecs ?? [];
        if (specs.Count > 1)
        {
            rules.Add("credentialSpecs", $"Found {specs.Count} credential specs, at most 1 is allowed.");
        }

        foreach (var (index, spec) in specs.Index())
        {
            if (!spec.StartsWith("credentialspec:", StringComparison.Ordinal)
                && !spec.StartsWith("credentialspecdomainless:", StringComparison.Ordinal))
            {
                rules.Definition.Add(rules.Path("credentialSpecs", index),
                    $"A credential spec must begin with credentialspec: or credentialspecdomainless:. Found '{spec}'.");
            }
        }
    }
}
