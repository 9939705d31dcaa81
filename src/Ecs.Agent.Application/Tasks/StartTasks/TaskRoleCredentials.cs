using Ecs.Agent.Application.Credentials;

namespace Ecs.Agent.Application.Tasks.StartTasks;

/// <summary>Credentials that came along with a task.</summary>
public sealed record TaskRoleCredentials(string TaskArn, TaskRole Role, RoleCredentials Credentials);
