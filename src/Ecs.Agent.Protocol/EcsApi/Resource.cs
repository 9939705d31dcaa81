namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>Resource</c>.</summary>
public sealed record Resource
{
    public string? Name { get; init; }

    public string? Type { get; init; }

    public double? DoubleValue { get; init; }

    public long? LongValue { get; init; }

    public int? IntegerValue { get; init; }

    public IReadOnlyList<string>? StringSetValue { get; init; }
}
