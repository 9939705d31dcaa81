using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;

namespace Ecs.Agent.Infrastructure.Operations;

/// <summary>Where agents of this machine put their sockets, so that an operator's command finds them by itself.</summary>
public static class SocketDirectory
{
    /// <summary>Names the directory instead; a variable of this agent, not of the official one.</summary>
    public const string Variable = "ECS_OPERATOR_SOCKET_DIR";

    private const string OfRoot = "/run/ecs-agent";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The directory of this user's agents; null where there is none to be found.</summary>
    public static string? Own(IReadOnlyDictionary<string, string> environment) =>
        Configured(environment) ?? (Environment.IsPrivilegedProcess ? OfRoot : OfUser(environment));

    /// <summary>All directories in which agents may be found: the configured one, else root's and this user's.</summary>
    public static ImmutableArray<string> All(IReadOnlyDictionary<string, string> environment) =>
        (Configured(environment), OfUser(environment)) switch
        {
            ({ } configured, _) => [configured],
            (null, { } own) => [OfRoot, own],
            _ => [OfRoot],
        };

    /// <summary>The sockets in a directory, in the order of their names; none when there is no such directory.</summary>
    /// <exception cref="UnauthorizedAccessException">The directory is another user's.</exception>
    public static ImmutableArray<string> SocketsIn(string directory)
    {
        try
        {
            return [.. Directory.GetFiles(directory, "agent-*.sock").Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Makes the directory, for its owner only. One that is there and open to others is refused, not changed.</summary>
    /// <exception cref="IOException">It cannot be made or must not be used.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be made.</exception>
    internal static void Prepare(string directory)
    {
        Directory.CreateDirectory(directory, OwnerOnly);
        var mode = File.GetUnixFileMode(directory);
        if ((mode & Others) != 0)
        {
            throw new IOException(
                $"others than its owner can enter {directory} (mode {Convert.ToString((int)mode, 8)}); make that 700, or name another one");
        }
    }

    /// <summary>The path of a socket of this process.</summary>
    internal static string PathFor(string directory, string suffix) =>
        Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"agent-{Environment.ProcessId}-{suffix}.sock"));

    /// <summary>
    /// Removes the sockets of processes that are gone. A socket that nobody answers at is stale only when its process is not there either:
    /// another agent may be starting at this very moment. This process starts its agents one after the other.
    /// </summary>
    internal static void RemoveStale(string directory)
    {
        foreach (var socket in SocketsIn(directory))
        {
            if (!ProcessIsThere(socket) && !Answers(socket))
            {
                File.Delete(socket);
            }
        }
    }

    private static string? Configured(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault(Variable) is { Length: > 0 } configured ? configured : null;

    private static string? OfUser(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault("XDG_RUNTIME_DIR") is { Length: > 0 } own ? Path.Combine(own, "ecs-agent") : null;

    private static bool ProcessIsThere(string socket) =>
        Path.GetFileName(socket).Split('-') is [_, var pid, ..]
        && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && id != Environment.ProcessId
        && Directory.Exists($"/proc/{pid}");

    private static bool Answers(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is not SocketError.ConnectionRefused;
        }
    }
}
