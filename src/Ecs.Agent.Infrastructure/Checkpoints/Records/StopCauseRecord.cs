using System.Text.Json;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>What stopped a task, as it is stored.</summary>
internal sealed class StopCauseRecord
{
    public string Kind { get; set; } = "";

    public DateTimeOffset At { get; set; }

    /// <summary>The container's or volume's name.</summary>
    public string? Subject { get; set; }

    public static StopCauseRecord? Of(StopCause? cause) => cause switch
    {
        null => null,
        StopCause.Requested => new StopCauseRecord { Kind = "requested", At = cause.At },
        StopCause.EssentialContainer c => new StopCauseRecord { Kind = "essentialContainer", At = c.At, Subject = c.Container },
        StopCause.Image c => new StopCauseRecord { Kind = "image", At = c.At, Subject = c.Container },
        StopCause.Volume c => new StopCauseRecord { Kind = "volume", At = c.At, Subject = c.Name },
        StopCause.HostResources => new StopCauseRecord { Kind = "hostResources", At = cause.At },
        StopCause.Refused => new StopCauseRecord { Kind = "refused", At = cause.At },
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause.GetType().Name, "A cause without a record."),
    };

    public StopCause ToCause() => Kind switch
    {
        "requested" => new StopCause.Requested(At),
        "essentialContainer" => new StopCause.EssentialContainer(At, Subject ?? ""),
        "image" => new StopCause.Image(At, Subject ?? ""),
        "volume" => new StopCause.Volume(At, Subject ?? ""),
        "hostResources" => new StopCause.HostResources(At),
        "refused" => new StopCause.Refused(At),
        _ => throw new JsonException($"the stop cause '{Kind}' is unknown"),
    };
}
