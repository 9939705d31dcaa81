namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>LogConfiguration</c>.</summary>
public sealed record LogConfiguration
{
    /// <summary>One of <c>json-file</c>, <c>syslog</c>, <c>journald</c>, <c>gelf</c>, <c>fluentd</c>, <c>awslogs</c>, <c>splunk</c>, <c>awsfirelens</c>. Required.</summary>
    public string? LogDriver { get; init; }

    public IReadOnlyDictionary<string, string>? Options { get; init; }

    public IReadOnlyList<Secret>? SecretOptions { get; init; }
}
