namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>What came of removing an image.</summary>
internal enum ImageRemovalOutcome
{
    /// <summary>It is gone, maybe was already.</summary>
    Removed,

    /// <summary>It was not tried: a task needs it, or it is not what it was when it was chosen.</summary>
    Spared,

    /// <summary>The runtime refused.</summary>
    Refused,
}
