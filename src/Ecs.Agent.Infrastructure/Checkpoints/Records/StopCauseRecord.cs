using System.Text.Json;
using Ecs.Agent.Domain.Resources;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>What stopped a task, as it is stored.</summary>
internal sealed class StopCauseRecord
{
    public string Kind { get; set; } = "";

    public DateTimeOffset At { get; set; }

    /// <summary>The container's name or the resource's key.</summary>
    public string? Subject { get; set; }

    public static StopCauseRecord? Of(StopCause? cause) => cause switch
    {
        null => null,
        StopCause.Requested => new StopCauseRecord { Kind = "requested", At = cause.At },
        StopCause.EssentialContainer c => new StopCauseRecord { Kind = "essentialContainer", At = c.At, Subject = c.Container },
        StopCause.Image c => new StopCauseRecord { Kind = "image", At = c.At, Subject = c.Container },
        StopCause.Resource c => new StopCauseRecord { Kind = "resource", At = c.At, Subject = c.Key },
        StopCause.HostResources => new StopCauseRecord { Kind = "hostResources", At = cause.At },
        StopCause.Refused => new StopCauseRecord { Kind = "refused", At = cause.At },
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause.GetType().Name, "A cause without a record."),
    };

    public StopCause ToCause() => Kind switch
    {
        "requested" => new StopCause.Requested(At),
        "essentialContainer" => new StopCause.EssentialContainer(At, Subject ?? ""),
        "image" => new StopCause.Image(At, Subject ?? ""),
        "resource" => new StopCause.Resource(At, Subject ?? ""),
        "volume" => new StopCause.Resource(At, TaskResource.DockerVolume.KeyOf(Subject ?? "")),
        "hostResources" => new StopCause.HostResources(At),
        "refused" => new StopCause.Refused(At),
        _ => throw new JsonException($"the stop cause '{Kind}' is unknown"),
    };
}
