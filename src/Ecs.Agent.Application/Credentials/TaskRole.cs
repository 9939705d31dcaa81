namespace Ecs.Agent.Application.Credentials;

/// <summary>Which of a task's two roles.</summary>
public enum TaskRole
{
    /// <summary><c>TaskApplication</c>: the role that its containers act as.</summary>
    Application,

    /// <summary>
    /// <c>TaskExecution</c>: the role that the agent acts as on the task's behalf: images, secrets, environment files, logs.
    /// </summary>
    Execution,
}
