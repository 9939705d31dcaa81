using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Domain.Secrets;

namespace Ecs.Agent.Application.Secrets;

/// <summary>Brings environment files out of S3 to this machine. All throw <see cref="SecretStoreException"/>.</summary>
public interface IEnvironmentFileStore
{
    /// <summary>Downloads the file into the task's directory, in place of an earlier copy, and gives its text.</summary>
    /// <param name="task">Whose directory.</param>
    /// <param name="file">Which object.</param>
    /// <param name="role">Who asks; null means the container instance itself.</param>
    /// <param name="cancellationToken">Gives up; nothing half-done stays.</param>
    Task<string> DownloadAsync(TaskFolder task, S3ObjectName file, RoleCredentials? role, CancellationToken cancellationToken);

    /// <summary>Removes the task's directory with all that is in it; one that is not there is success.</summary>
    Task RemoveAsync(TaskFolder task, CancellationToken cancellationToken);
}
