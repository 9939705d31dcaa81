using MediatR;

namespace Ecs.Agent.Application.Credentials.RefreshCredentials;

/// <summary>Takes over credentials that the control plane sent for a task that is here already.</summary>
public sealed record RefreshCredentialsCommand(string TaskArn, TaskRole Role, RoleCredentials Credentials)
    : IRequest<RefreshCredentialsResult>;
