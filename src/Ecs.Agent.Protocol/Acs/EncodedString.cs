namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>EncodedString</c>.</summary>
public sealed record EncodedString
{
    /// <summary>One of <c>identity</c>, <c>base64</c>.</summary>
    public string? Encoding { get; init; }

    public string? Value { get; init; }

    /// <summary>Never the values: they may be secrets.</summary>
    public override string ToString() => $"EncodedString {{ Encoding = {Encoding} }}";
}
