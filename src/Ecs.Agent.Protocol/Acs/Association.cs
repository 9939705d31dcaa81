namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>Association</c>.</summary>
public sealed record Association
{
    public IReadOnlyList<string>? Containers { get; init; }

    public EncodedString? Content { get; init; }

    public string? Name { get; init; }

    /// <summary>One of <c>elastic-inference</c>, <c>gpu</c>.</summary>
    public string? Type { get; init; }
}
