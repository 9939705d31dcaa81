using System.Collections.Immutable;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Protocol.Acs;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>Credentials as they come over the channel, in the Application's words.</summary>
internal static class AcsCredentials
{
    /// <summary>Those that an entry of a payload brings, for each role that has some.</summary>
    public static ImmutableArray<TaskRoleCredentials> Of(AcsTask task) =>
    [
        .. new (TaskRole Role, IAMRoleCredentials? Sent)[]
            {
                (TaskRole.Application, task.RoleCredentials), (TaskRole.Execution, task.ExecutionRoleCredentials),
            }
            .Where(entry => entry.Sent is not null)
            .Select(entry => new TaskRoleCredentials(task.Arn ?? "", entry.Role, Translate(entry.Sent!))),
    ];

    /// <summary>What is wrong with those of a payload: nobody could ask for them without an id.</summary>
    public static IEnumerable<string> ProblemsOf(AcsTask task) =>
        Of(task).Where(credentials => credentials.Credentials.CredentialsId.Length == 0).Select(_ => "CredentialsId is empty");

    public static RoleCredentials Translate(IAMRoleCredentials sent) => new()
    {
        CredentialsId = sent.CredentialsId ?? "",
        RoleArn = sent.RoleArn ?? "",
        AccessKeyId = sent.AccessKeyId ?? "",
        SecretAccessKey = sent.SecretAccessKey ?? "",
        SessionToken = sent.SessionToken ?? "",
        Expiration = sent.Expiration ?? "",
    };

    /// <summary>Null for a name that is none.</summary>
    public static TaskRole? RoleOf(string? roleType) => roleType switch
    {
        "TaskApplication" => TaskRole.Application,
        "TaskExecution" => TaskRole.Execution,
        _ => null,
    };
}
