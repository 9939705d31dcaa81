using System.Collections.Concurrent;

namespace Ecs.Agent.Application.Credentials;

/// <summary>
/// The credentials of the tasks' roles, as the control plane last sent them. They are never saved: after a restart the control plane sends
/// those
/// of all tasks again. When they expire is the control plane's business, too; it refreshes them before.
/// </summary>
public sealed class TaskCredentials
{
    private readonly ConcurrentDictionary<(string TaskArn, TaskRole Role), RoleCredentials> _held = new();

    /// <summary>
    /// Called with a task's ARN whenever credentials of it have come, first or again, on the thread that brought them: must return at once.
    /// </summary>
    public event Action<string>? CredentialsArrived;

    /// <summary>Keeps the credentials in place of what was there for that role of that task.</summary>
    public void Keep(string taskArn, TaskRole role, RoleCredentials credentials)
    {
        ArgumentException.ThrowIfNullOrEmpty(taskArn);
        ArgumentNullException.ThrowIfNull(credentials);
        _held[(taskArn, role)] = credentials;
        CredentialsArrived?.Invoke(taskArn);
    }

    /// <summary>Null when none have come yet, or no longer any are needed.</summary>
    public RoleCredentials? Find(string taskArn, TaskRole role) => _held.GetValueOrDefault((taskArn, role));

    /// <summary>Whether they have come.</summary>
    public bool Has(string taskArn, TaskRole role) => _held.ContainsKey((taskArn, role));

    /// <summary>The credentials that are asked for by this id, with whose they are; null when there are none.</summary>
    public (string TaskArn, TaskRole Role, RoleCredentials Credentials)? FindById(string credentialsId)
    {
        foreach (var ((taskArn, role), credentials) in _held)
        {
            if (credentials.CredentialsId == credentialsId)
            {
                return (taskArn, role, credentials);
            }
        }

        return null;
    }

    /// <summary>Drops those of one role of a task.</summary>
    public void Forget(string taskArn, TaskRole role) => _held.TryRemove((taskArn, role), out _);

    /// <summary>Drops all that a task has.</summary>
    public void Forget(string taskArn)
    {
        Forget(taskArn, TaskRole.Application);
        Forget(taskArn, TaskRole.Execution);
    }
}
