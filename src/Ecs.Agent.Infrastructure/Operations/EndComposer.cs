using Ecs.Agent.Domain.Explaining;
using Ecs.Agent.Infrastructure.Operations.Wire;

namespace Ecs.Agent.Infrastructure.Operations;

/// <summary>Puts the end of a container on the wire.</summary>
internal static class EndComposer
{
    public static EndDocument Compose(ContainerEnd end, ContainerExplanation container)
    {
        var document = new EndDocument { Kind = KindOf(end), At = end.At, Text = ExplanationText.Describe(end, container) };
        return end switch
        {
            ContainerEnd.Exited e => WithResponse(WithExitCode(document, e.ExitCode), e.Response) with { Reason = e.Error?.Reason },
            ContainerEnd.OutOfMemory e => WithExitCode(document, e.ExitCode),
            ContainerEnd.GivenUp e => document with
            {
                Reason = e.Error.Reason,
                Dependency = e.Dependency?.ContainerName,
                TimedOut = e.Dependency is null ? null : e.TimedOut,
                Condition = e.Dependency is { } edge ? WireName.Of(edge.Condition) : null,
            },
            ContainerEnd.NotStarted e => document with { Reason = e.Error.Reason },
            _ => document,
        };
    }

    private static string KindOf(ContainerEnd end) => end switch
    {
        ContainerEnd.Exited => "exited",
        ContainerEnd.OutOfMemory => "outOfMemory",
        ContainerEnd.Vanished => "vanished",
        ContainerEnd.GivenUp => "givenUp",
        ContainerEnd.NotStarted { Stage: LaunchStage.Image } => "imageFailed",
        ContainerEnd.NotStarted { Stage: LaunchStage.Creation } => "creationFailed",
        ContainerEnd.NotStarted => "startFailed",
        ContainerEnd.NeverStarted => "neverStarted",
        _ => throw new ArgumentOutOfRangeException(nameof(end), end.GetType().Name, "An end without a name on the wire."),
    };

    private static EndDocument WithExitCode(EndDocument document, int? exitCode) => exitCode is { } code
        ? document with { ExitCode = code, Signal = (ExitCode.Of(code) as ExitCode.Signal)?.Name }
        : document;

    private static EndDocument WithResponse(EndDocument document, StopResponse response) => response switch
    {
        StopResponse.Killed r => document with
        {
            StopResponse = "killed",
            StopSignalAt = r.Attempt.At,
            GraceSeconds = r.Attempt.GracePeriod.TotalSeconds,
        },
        StopResponse.Heeded r => document with
        {
            StopResponse = "heeded",
            StopSignalAt = r.Attempt.At,
            GraceSeconds = r.Attempt.GracePeriod.TotalSeconds,
        },
        StopResponse.Unseen => document with { StopResponse = "unseen" },
        _ => document,
    };
}
