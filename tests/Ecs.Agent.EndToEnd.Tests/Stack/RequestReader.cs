using System.Globalization;
using System.Text;

namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>Cuts the bytes of one connection into requests.</summary>
internal sealed class RequestReader(Action<PassedRequest> passed)
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] EndOfChunks = "0\r\n\r\n"u8.ToArray();

    private byte[] _pending = [];

    public void Read(ReadOnlySpan<byte> bytes, DateTimeOffset at)
    {
        _pending = [.. _pending, .. bytes];
        while (Take(at))
        {
        }
    }

    private bool Take(DateTimeOffset at)
    {
        var headLength = _pending.AsSpan().IndexOf(EndOfHead);
        if (headLength < 0)
        {
            return false;
        }

        var head = Encoding.ASCII.GetString(_pending, 0, headLength + 2);
        var body = _pending.AsSpan(headLength + EndOfHead.Length);
        var bodyLength = BodyLength(head, body);
        if (bodyLength < 0 || body.Length < bodyLength)
        {
            return false;
        }

        passed(new PassedRequest(at, head, Encoding.UTF8.GetString(body[..bodyLength])));
        _pending = body[bodyLength..].ToArray();
        return true;
    }

    /// <summary>-1 while it is not known.</summary>
    private static int BodyLength(string head, ReadOnlySpan<byte> body)
    {
        if (head.Contains("\r\nTransfer-Encoding: chunked\r\n", StringComparison.OrdinalIgnoreCase))
        {
            var end = body.IndexOf(EndOfChunks);
            return end < 0 ? -1 : end + EndOfChunks.Length;
        }

        const string name = "\r\nContent-Length: ";
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at < 0
            ? 0
            : int.Parse(head[(at + name.Length)..head.IndexOf('\r', at + name.Length)], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
