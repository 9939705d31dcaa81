using System.Net.Sockets;
using System.Text;

namespace Ecs.Agent.Infrastructure.Cgroups.Systemd;

/// <summary>
/// A connection to a D-Bus message bus, for one call after the other. Throws <see cref="SocketException"/> when nobody listens,
/// <see cref="IOException"/> when the bus hangs up or speaks otherwise, and <see cref="DBusErrorException"/> for its answers.
/// </summary>
internal sealed class DBusConnection : IAsyncDisposable
{
    public const string BusName = "org.freedesktop.DBus";
    public const string BusPath = "/org/freedesktop/DBus";

    private const byte Call = 1, Return = 2, Error = 3, Signal = 4;
    private const byte Path = 1, Interface = 2, Member = 3, ErrorName = 4, ReplySerial = 5, Destination = 6, BodySignature = 8;
    private const int FixedHeader = 16;
    private const int LongestMessage = 1 << 20;

    private readonly NetworkStream _stream;

    // What the bus has announced while an answer was awaited.
    private readonly Queue<Incoming> _signals = new();
    private uint _serial;

    private DBusConnection(NetworkStream stream) => _stream = stream;

    public static async Task<DBusConnection> OpenAsync(string socketPath, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
            var connection = new DBusConnection(new NetworkStream(socket, ownsSocket: true));
            await connection.AuthenticateAsync(cancellationToken);
            await connection.CallAsync(new DBusMessage(BusName, BusPath, BusName, "Hello", "", []), cancellationToken);
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Calls a method and gives the body of the answer.</summary>
    public async Task<DBusReader> CallAsync(DBusMessage call, CancellationToken cancellationToken)
    {
        var serial = ++_serial;
        await _stream.WriteAsync(Marshal(call, serial), cancellationToken);
        while (true)
        {
            var incoming = await ReadAsync(cancellationToken);
            switch (incoming.Type)
            {
                case Signal:
                    _signals.Enqueue(incoming);
                    break;
                case Return when incoming.Answers == serial:
                    return incoming.Body;
                case Error when incoming.Answers == serial:
                    throw new DBusErrorException(incoming.ErrorName, incoming.Body.AtEnd ? "" : incoming.Body.Text());
            }
        }
    }

    /// <summary>The body of the next announcement of that kind; others are dropped.</summary>
    public async Task<DBusReader> NextSignalAsync(string @interface, string member, CancellationToken cancellationToken)
    {
        while (true)
        {
            var incoming = _signals.TryDequeue(out var early) ? early : await ReadAsync(cancellationToken);
            if (incoming.Type == Signal && incoming.Interface == @interface && incoming.Member == member)
            {
                return incoming.Body;
            }
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>The bus takes from the socket itself which user this is.</summary>
    private async Task AuthenticateAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync("\0AUTH EXTERNAL\r\n"u8.ToArray(), cancellationToken);
        var answer = await ReadLineAsync(cancellationToken);
        if (answer == "DATA")
        {
            await _stream.WriteAsync("DATA\r\n"u8.ToArray(), cancellationToken);
            answer = await ReadLineAsync(cancellationToken);
        }

        if (!answer.StartsWith("OK ", StringComparison.Ordinal))
        {
            throw new IOException($"the bus does not let this user in: {answer}");
        }

        await _stream.WriteAsync("BEGIN\r\n"u8.ToArray(), cancellationToken);
    }

    // Byte by byte, because what follows the last line is no text.
    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < FixedHeader * FixedHeader)
        {
            await _stream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        throw new IOException("the bus does not speak D-Bus");
    }

    private static byte[] Marshal(DBusMessage call, uint serial)
    {
        var writer = new DBusWriter().Octet((byte)'l').Octet(Call).Octet(0).Octet(1).Unsigned32((uint)call.Body.Length).Unsigned32(serial);
        writer.Array(8, fields =>
        {
            fields.Align(8).Octet(Path).Signature("o").Text(call.Path);
            fields.Align(8).Octet(Interface).Signature("s").Text(call.Interface);
            fields.Align(8).Octet(Member).Signature("s").Text(call.Member);
            fields.Align(8).Octet(Destination).Signature("s").Text(call.Destination);
            if (call.Signature.Length > 0)
            {
                fields.Align(8).Octet(BodySignature).Signature("g").Signature(call.Signature);
            }
        });
        return [.. writer.Align(8).ToArray(), .. call.Body];
    }

    private async Task<Incoming> ReadAsync(CancellationToken cancellationToken)
    {
        var begin = new byte[FixedHeader];
        await _stream.ReadExactlyAsync(begin, cancellationToken);
        var reader = new DBusReader(begin);
        if (reader.Octet() != 'l')
        {
            throw new IOException("the bus sent a message that is not little-endian");
        }

        var type = reader.Octet();
        _ = (reader.Octet(), reader.Octet());
        var (body, _, fields) = (reader.Unsigned32(), reader.Unsigned32(), reader.Unsigned32());
        if (body > LongestMessage || fields > LongestMessage)
        {
            throw new IOException("the bus sent a message that is too long");
        }

        var paddedFields = (int)(fields + 7) / 8 * 8;
        var rest = new byte[paddedFields + (int)body];
        await _stream.ReadExactlyAsync(rest, cancellationToken);
        return Incoming.Of(type, rest.AsMemory(0, (int)fields), new DBusReader(rest.AsMemory(paddedFields)));
    }

    private sealed record Incoming(byte Type, uint Answers, string Interface, string Member, string ErrorName, DBusReader Body)
    {
        public static Incoming Of(byte type, ReadOnlyMemory<byte> fields, DBusReader body)
        {
            var found = new Dictionary<byte, object>();
            var reader = new DBusReader(fields);
            while (!reader.AtEnd)
            {
                var field = reader.Align(8).Octet();
                found[field] = reader.Variant();
            }

            string TextOf(byte field) => found.GetValueOrDefault(field) as string ?? "";
            return new Incoming(
                type,
                found.GetValueOrDefault(ReplySerial) is uint serial ? serial : 0,
                TextOf(DBusConnection.Interface),
                TextOf(DBusConnection.Member),
                TextOf(DBusConnection.ErrorName),
                body);
        }
    }
}
