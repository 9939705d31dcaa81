namespace Ecs.Agent.Application.Cgroups;

/// <summary>A control group could not be made, limited or removed; the message says which and why.</summary>
public sealed class CgroupException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What a task is stopped with whose group could not be made.</summary>
    public const string TaskReason = "CgroupError: Agent could not create task's platform resources";
}
