namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>
/// One life of the agent, from its start to its kill. Every call to the outside passes here: a dead agent's calls never happen and never
/// return, so whatever of it is still in memory can do no more.
/// </summary>
internal sealed class AgentLife(SimulatedWorld world, int number)
{
    public int Number { get; } = number;

    public bool IsDead { get; private set; }

    /// <summary>Calls that are on their way to the daemon; when the agent dies, each has either just arrived or never will.</summary>
    public List<Action> UnderWay { get; } = [];

    /// <summary>A call begins. Null when the agent does not live to make it.</summary>
    public int? Enter(string what)
    {
        if (IsDead)
        {
            return null;
        }

        var call = world.NextCall(what);
        DieIfDue(call, afterEffect: false);
        return IsDead ? null : call;
    }

    /// <summary>The call has had its effect. False when the agent does not live to hear of it.</summary>
    public bool Survives(int call)
    {
        DieIfDue(call, afterEffect: true);
        return !IsDead;
    }

    /// <summary>Ends the life, by a kill or because the agent has shut down.</summary>
    public void Die(TimeSpan downFor)
    {
        IsDead = true;
        world.Bury(this, downFor);
        UnderWay.ToList().ForEach(arrive => arrive());
    }

    /// <summary>What a dead agent's calls give.</summary>
    public static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;

    private void DieIfDue(int call, bool afterEffect)
    {
        if (!IsDead && world.KillAt(call, afterEffect) is { } kill)
        {
            Die(kill.DownFor);
        }
    }
}
