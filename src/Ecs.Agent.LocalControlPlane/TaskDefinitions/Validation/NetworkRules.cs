namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>Host name, DNS and host entries, which the network mode may rule out.</summary>
internal static class NetworkRules
{
    public static void Check(ContainerRules rules)
    {
        if (rules.Definition.NetworkMode == "awsvpc")
        {
            RefuseInAwsVpc(rules, "hostname", !string.IsNullOrEmpty(rules.Container.Hostname));
            RefuseInAwsVpc(rules, "dnsServers", rules.Container.DnsServers is { Count: > 0 });
            RefuseInAwsVpc(rules, "dnsSearchDomains", rules.Container.DnsSearchDomains is { Count: > 0 });
            RefuseInAwsVpc(rules, "extraHosts", rules.Container.ExtraHosts is { Count: > 0 });
        }

        foreach (var (index, entry) in (rules.Container.ExtraHosts ?? []).Index())
        {
            rules.Definition.NotEmpty(rules.Path("extraHosts", index, "hostname"), entry.Hostname, "HostEntry.hostname");
            rules.Definition.NotEmpty(rules.Path("extraHosts", index, "ipAddress"), entry.IpAddress, "HostEntry.ipAddress");
        }

        CheckSystemControls(rules);
    }

    private static void RefuseInAwsVpc(ContainerRules rules, string member, bool given)
    {
        if (given)
        {
            rules.Add(member, $"{member} is not supported on container when networkMode=awsvpc.");
        }
    }

    private static void CheckSystemControls(ContainerRules rules)
    {
        foreach (var (index, control) in (rules.Container.SystemControls ?? []).Index())
        {
            var path = rules.Path("systemControls", index, "namespace");
            rules.Definition.NotEmpty(path, control.Namespace, "SystemControl.namespace");
            rules.Definition.NotEmpty(rules.Path("systemControls", index, "value"), control.Value, "SystemControl.value");
            if (rules.Definition.NetworkMode == "host" && control.Namespace?.StartsWith("net.", StringComparison.Ordinal) == true)
            {
                rules.Definition.Add(path, $"Network system control '{control.Namespace}' is not supported when networkMode=host.");
            }
        }
    }
}
