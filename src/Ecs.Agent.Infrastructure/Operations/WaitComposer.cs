using System.Collections.Immutable;
using Ecs.Agent.Domain.Explaining;
using Ecs.Agent.Infrastructure.Operations.Wire;

namespace Ecs.Agent.Infrastructure.Operations;

/// <summary>Puts what is waited for on the wire.</summary>
internal static class WaitComposer
{
    public static WaitDocument Compose(Wait wait, TaskExplanation task)
    {
        var document = new WaitDocument { Kind = KindOf(wait), Text = ExplanationText.Describe(wait, task), Since = wait.Since };
        return wait switch
        {
            Wait.Dependency w => document with { Containers = [w.Container], Condition = WireName.Of(w.Condition), Deadline = w.Deadline },
            Wait.Dependants w => document with { Containers = w.Containers },
            Wait.HostResources w => document with { Resources = Compose(w.Shortages), Place = w.Place, Ahead = w.Ahead },
            Wait.ImagePull w => document with
            {
                Image = w.Image,
                Place = w.Pull?.Position,
                DownloadedBytes = w.Pull?.DownloadedBytes,
                TotalBytes = w.Pull?.TotalBytes,
            },
            Wait.Resource w => document with { Resource = w.Key },
            Wait.Credentials w => document with { Role = w.Role },
            Wait.StopSignal w => document with { Deadline = w.KillAt },
            Wait.Step w => document with { Step = w.Kind.ToString() },
            Wait.CleanUp w => document with { Deadline = w.Due },
            _ => document,
        };
    }

    private static string KindOf(Wait wait) => wait switch
    {
        Wait.Dependency => "dependency",
        Wait.Dependants => "dependants",
        Wait.HostResources => "hostResources",
        Wait.Registration => "registration",
        Wait.ImagePull => "imagePull",
        Wait.Resource => "resource",
        Wait.Credentials => "credentials",
        Wait.StopSignal => "stopSignal",
        Wait.Step => "step",
        Wait.CleanUp => "cleanUp",
        _ => throw new ArgumentOutOfRangeException(nameof(wait), wait.GetType().Name, "A wait without a name on the wire."),
    };

    private static ImmutableArray<ShortageDocument> Compose(ImmutableArray<HostShortage> shortages) =>
    [
        .. shortages.Select(shortage => new ShortageDocument(
            NameOf(shortage.Kind),
            shortage.Wanted,
            shortage.Free,
            shortage.Total,
            [.. shortage.Holders.Select(share => new ShareDocument(share.TaskArn, share.Amount))])),
    ];

    private static string NameOf(HostResourceKind kind) => kind switch
    {
        HostResourceKind.Cpu => "CPU",
        HostResourceKind.Memory => "MEMORY",
        HostResourceKind.TcpPort => "PORTS_TCP",
        HostResourceKind.UdpPort => "PORTS_UDP",
    };
}
