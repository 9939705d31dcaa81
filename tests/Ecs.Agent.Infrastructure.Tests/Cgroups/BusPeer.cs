using System.Net.Sockets;
using System.Text;
using Ecs.Agent.Infrastructure.Cgroups.Systemd;

namespace Ecs.Agent.Infrastructure.Tests.Cgroups;

/// <summary>Plays the system bus with systemd on it, over a real socket: answers calls as scripted and keeps what was asked.</summary>
internal sealed class BusPeer : IAsyncDisposable
{
    public const string Manager = "org.freedesktop.systemd1.Manager";
    public const string Job = "/org/freedesktop/systemd1/job/7";

    private readonly string _directory = Directory.CreateTempSubdirectory("bus-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _closing = new();
    private readonly Func<string, IEnumerable<byte[]>> _answer;
    private readonly Task _serving;
    private uint _asked;

    /// <param name="answer">Member → what is sent back: <see cref="Returns"/>, <see cref="Fails"/>, <see cref="Announces"/>.</param>
    public BusPeer(Func<BusPeer, string, IEnumerable<byte[]>> answer)
    {
        _answer = member => answer(this, member);
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
        _serving = ServeAsync();
    }

    public string SocketPath => Path.Combine(_directory, "bus");

    /// <summary>What the authentication answers with.</summary>
    public string Admission { get; init; } = "OK 0123456789abcdef";

    /// <summary>Interface, member and body of each call so far.</summary>
    public List<(string Interface, string Member, byte[] Body)> Calls { get; } = [];

    public byte[] BodyOf(string member) => Calls.Single(call => call.Member == member).Body;

    public byte[] Returns(string signature = "", Action<DBusWriter>? body = null) =>
        Message(2, signature, body, fields => fields.Align(8).Octet(5).Signature("u").Unsigned32(_asked));

    public byte[] Fails(string name, string text) => Message(
        3,
        "s",
        body => body.Text(text),
        fields =>
        {
            fields.Align(8).Octet(4).Signature("s").Text(name);
            fields.Align(8).Octet(5).Signature("u").Unsigned32(_asked);
        });

    public static byte[] Announces(string job, string unit, string result) => Message(
        4,
        "uoss",
        body => body.Unsigned32(7).Text(job).Text(unit).Text(result),
        fields =>
        {
            fields.Align(8).Octet(1).Signature("o").Text("/org/freedesktop/systemd1");
            fields.Align(8).Octet(2).Signature("s").Text(Manager);
            fields.Align(8).Octet(3).Signature("s").Text("JobRemoved");
        });

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _serving;
        _closing.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static byte[] Message(byte type, string signature, Action<DBusWriter>? body, Action<DBusWriter> fields)
    {
        var content = new DBusWriter();
        body?.Invoke(content);
        var bytes = content.ToArray();
        var header = new DBusWriter().Octet((byte)'l').Octet(type).Octet(1).Octet(1).Unsigned32((uint)bytes.Length).Unsigned32(1);
        header.Array(8, all =>
        {
            fields(all);
            if (signature.Length > 0)
            {
                all.Align(8).Octet(8).Signature("g").Signature(signature);
            }
        });
        return [.. header.Align(8).ToArray(), .. bytes];
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptAsync(_closing.Token);
                await ServeAsync(new NetworkStream(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        try
        {
            await ReadLineAsync(stream);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Admission.StartsWith("OK", StringComparison.Ordinal) ? "DATA\r\n" : Admission + "\r\n"), _closing.Token);
            await ReadLineAsync(stream);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Admission + "\r\n"), _closing.Token);
            await ReadLineAsync(stream);
            while (true)
            {
                foreach (var message in await ReadCallAsync(stream))
                {
                    await stream.WriteAsync(message, _closing.Token);
                }
            }
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }

    private async Task<IEnumerable<byte[]>> ReadCallAsync(NetworkStream stream)
    {
        var begin = new byte[16];
        await stream.ReadExactlyAsync(begin, _closing.Token);
        var (body, fields) = (BitConverter.ToUInt32(begin, 4), BitConverter.ToUInt32(begin, 12));
        _asked = BitConverter.ToUInt32(begin, 8);
        var padded = (int)(fields + 7) / 8 * 8;
        var rest = new byte[padded + (int)body];
        await stream.ReadExactlyAsync(rest, _closing.Token);
        var names = new Dictionary<byte, string>();
        var reader = new DBusReader(rest.AsMemory(0, (int)fields));
        while (!reader.AtEnd)
        {
            var field = reader.Align(8).Octet();
            names[field] = reader.Variant().ToString()!;
        }

        Calls.Add((names[2], names[3], rest[padded..]));
        return names[3] is "Hello" ? [Returns("s", answer => answer.Text(":1.5"))] : [.. _answer(names[3])];
    }

    private async Task ReadLineAsync(NetworkStream stream)
    {
        var one = new byte[1];
        do
        {
            await stream.ReadExactlyAsync(one, _closing.Token);
        }
        while (one[0] != '\n');
    }
}
