namespace Ecs.Agent.Infrastructure.Tests.ControlPlane;

/// <summary>A request as the scripted server got it.</summary>
internal sealed record RecordedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);
