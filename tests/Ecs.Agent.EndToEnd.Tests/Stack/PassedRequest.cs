namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>An HTTP request that a <see cref="RecordingProxy"/> saw pass.</summary>
/// <param name="At">When its last byte arrived.</param>
/// <param name="Head">Request line and headers.</param>
/// <param name="Body">The body as text; of a chunked one, the chunks as they were sent.</param>
internal sealed record PassedRequest(DateTimeOffset At, string Head, string Body)
{
    /// <summary>Such as <c>POST /v1.41/containers/create?name=x HTTP/1.1</c>.</summary>
    public string Line => Head[..Head.IndexOf('\r', StringComparison.Ordinal)];

    /// <summary>Whether it calls that operation of the ECS API.</summary>
    public bool Calls(string operation) => Head.Contains($"AmazonEC2ContainerServiceV20141113.{operation}\r", StringComparison.Ordinal);
}
