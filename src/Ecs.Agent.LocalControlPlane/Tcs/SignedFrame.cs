namespace Ecs.Agent.LocalControlPlane.Tcs;

/// <summary>Agents put an HTTP-style block of signed headers before the JSON of each telemetry message.</summary>
internal static class SignedFrame
{
    /// <summary>The JSON: what follows the first empty line, or all of it when the message starts with the JSON itself.</summary>
    public static ReadOnlyMemory<byte> Body(ReadOnlyMemory<byte> frame)
    {
        if (frame.Span.StartsWith("{"u8))
        {
            return frame;
        }

        var end = frame.Span.IndexOf("\r\n\r\n"u8);
        return end < 0 ? frame : frame[(end + 4)..];
    }
}
