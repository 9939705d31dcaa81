using System.Collections.Immutable;

namespace Ecs.Agent.Application.Runtime;

/// <summary>The container runtime as it introduces itself.</summary>
public sealed record RuntimeInfo
{
    /// <summary>The server's version, verbatim: <c>20.10.24+dfsg1</c>.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>The API version negotiated with it, such as <c>1.41</c>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The API versions to advertise as capabilities, ascending, <c>1.17</c> to at most <c>1.44</c>.</summary>
    public ImmutableArray<string> SupportedApiVersions { get; init; } = [];
}
