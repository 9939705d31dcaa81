namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>KeyValuePair</c>.</summary>
public sealed record NameValuePair
{
    public string? Name { get; init; }

    public string? Value { get; init; }

    /// <summary>Never the values: they may be secrets.</summary>
    public override string ToString() => $"NameValuePair {{ Name = {Name} }}";
}
