using System.Collections.Immutable;

namespace Ecs.Agent.Host.CommandLine;

/// <summary>
/// The exit codes of every subcommand. <c>local run</c> otherwise ends with the exit code of the first essential container to end; those of
/// <c>run</c> are the official agent's, which its service unit acts upon.
/// </summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary><c>run</c>: a failure that may pass; start the agent again. Elsewhere: a defect of this program.</summary>
    public const int Failure = 1;

    /// <summary><c>run</c>: as configured it cannot work; do not start the agent again.</summary>
    public const int Terminal = 5;

    /// <summary>The command line is not understood.</summary>
    public const int Usage = 64;

    /// <summary>The task definition has mistakes.</summary>
    public const int DefinitionInvalid = 65;

    /// <summary>The file cannot be read.</summary>
    public const int FileUnreadable = 66;

    /// <summary><c>explain</c>: no agent knows such a task.</summary>
    public const int NoSuchTask = 67;

    /// <summary>An image cannot be had.</summary>
    public const int ImageUnavailable = 68;

    /// <summary>Docker cannot be reached.</summary>
    public const int DockerUnreachable = 69;

    /// <summary>The task could not be started for another reason.</summary>
    public const int TaskNotStarted = 70;

    /// <summary><c>explain</c>: no agent answers on this machine.</summary>
    public const int NoAgent = 72;

    /// <summary><c>explain</c>: several tasks could be meant.</summary>
    public const int AmbiguousTask = 73;

    /// <summary><c>check</c>: the definition is valid, but a target that was asked for does not run it.</summary>
    public const int TargetRefuses = 74;

    /// <summary>Interrupted before any essential container had run, or left running on the second Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>Those of <c>local run</c> that are not a container's own, for its help.</summary>
    public static ImmutableArray<(int Code, string Meaning)> OfLocalRun { get; } =
    [
        (Usage, "the command line is not understood"),
        (DefinitionInvalid, "the task definition has mistakes; all of them are listed"),
        (FileUnreadable, "the file cannot be read"),
        (ImageUnavailable, "an image cannot be had"),
        (DockerUnreachable, "Docker cannot be reached"),
        (TaskNotStarted, "the task could not be started for another reason"),
        (Interrupted, "interrupted before an essential container ran, or left running"),
    ];

    /// <summary>Those of <c>check</c>, for its help.</summary>
    public static ImmutableArray<(int Code, string Meaning)> OfCheck { get; } =
    [
        (Success, "ECS registers it; warnings may have been printed"),
        (Usage, "the command line is not understood"),
        (DefinitionInvalid, "it has mistakes; all of them are listed"),
        (FileUnreadable, "the file cannot be read"),
        (TaskNotStarted, "the settings of the agent in the environment cannot be used"),
        (TargetRefuses, "it has no mistakes, but does not run on a target that --for names"),
    ];

    /// <summary>Those of <c>explain</c>, for its help.</summary>
    public static ImmutableArray<(int Code, string Meaning)> OfExplain { get; } =
    [
        (Success, "explained, whatever the task's own state is"),
        (Usage, "the command line is not understood"),
        (NoSuchTask, "no agent on this machine knows such a task"),
        (NoAgent, "no agent answers on this machine"),
        (AmbiguousTask, "several tasks could be meant; all of them are listed"),
    ];
}
