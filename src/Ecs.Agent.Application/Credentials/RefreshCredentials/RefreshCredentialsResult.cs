namespace Ecs.Agent.Application.Credentials.RefreshCredentials;

/// <summary>What became of a <see cref="RefreshCredentialsCommand"/>.</summary>
/// <param name="TaskKnown">Whether the task is here; only then may they be acknowledged.</param>
public sealed record RefreshCredentialsResult(bool TaskKnown);
