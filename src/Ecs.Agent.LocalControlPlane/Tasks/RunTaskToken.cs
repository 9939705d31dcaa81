namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>The client token of a RunTask call, and the rest of that call to tell a repetition from a conflict.</summary>
internal sealed record RunTaskToken(string ClientToken, string Request);
