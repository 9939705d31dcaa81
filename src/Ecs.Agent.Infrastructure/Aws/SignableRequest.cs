namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>The parts of an HTTP request that a signature covers.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Uri">Absolute, with the query as it goes over the wire.</param>
/// <param name="Headers">The headers to sign besides the host and the date.</param>
/// <param name="Body">The body's bytes; empty for a websocket upgrade.</param>
internal sealed record SignableRequest(
    string Method, Uri Uri, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);
