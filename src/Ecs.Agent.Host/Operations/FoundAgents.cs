using System.Collections.Immutable;
using Ecs.Agent.Infrastructure.Operations;

namespace Ecs.Agent.Host.Operations;

/// <summary>The sockets of agents on this machine, as far as this user can see them.</summary>
/// <param name="Sockets">Their paths.</param>
/// <param name="Directories">Where they were looked for.</param>
/// <param name="Closed">Directories of others, which may hold more.</param>
internal sealed record FoundAgents(ImmutableArray<string> Sockets, ImmutableArray<string> Directories, ImmutableArray<string> Closed)
{
    public static FoundAgents In(ImmutableArray<string> directories)
    {
        var sockets = ImmutableArray.CreateBuilder<string>();
        var closed = ImmutableArray.CreateBuilder<string>();
        foreach (var directory in directories)
        {
            try
            {
                sockets.AddRange(SocketDirectory.SocketsIn(directory));
            }
            catch (UnauthorizedAccessException)
            {
                closed.Add(directory);
            }
        }

        return new FoundAgents(sockets.ToImmutable(), directories, closed.ToImmutable());
    }
}
