namespace Ecs.Agent.Simulation.Tests.Scenarios;

/// <summary>
/// Something that goes wrong, or merely happens, without the agent's doing. Tasks and containers are named by their index.
/// </summary>
internal abstract record Disturbance
{
    private Disturbance()
    {
    }

    /// <summary>Occurs at a time of the scenario.</summary>
    public abstract record Timed(TimeSpan At) : Disturbance;

    /// <summary>The container ends: a crash, <c>docker kill</c>, <c>docker stop</c>, the kernel's out-of-memory killer.</summary>
    public sealed record ContainerEnds(TimeSpan At, int Task, int Container, int ExitCode, bool OutOfMemory) : Timed(At);

    /// <summary><c>docker rm -f</c> by somebody.</summary>
    public sealed record ContainerRemoved(TimeSpan At, int Task, int Container) : Timed(At);

    /// <summary>A process inside is killed for memory; the container runs on with its flag set.</summary>
    public sealed record OutOfMemoryInside(TimeSpan At, int Task, int Container) : Timed(At);

    /// <summary>The health check changes its mind.</summary>
    public sealed record HealthFlips(TimeSpan At, int Task, int Container, bool Healthy) : Timed(At);

    /// <summary>The daemon is away; its containers run on or end with it.</summary>
    public sealed record DaemonAway(TimeSpan At, TimeSpan For, bool EndsContainers) : Timed(At);

    /// <summary>Hints of the runtime are lost without a trace.</summary>
    public sealed record HintsLost(TimeSpan At, TimeSpan For) : Timed(At);

    /// <summary>Hints come twice, the second time late.</summary>
    public sealed record HintsRepeated(TimeSpan At, TimeSpan For) : Timed(At);

    /// <summary>Hints come late and so out of order.</summary>
    public sealed record HintsLate(TimeSpan At, TimeSpan For) : Timed(At);

    /// <summary>The event stream breaks and is opened anew.</summary>
    public sealed record StreamBreaks(TimeSpan At) : Timed(At);

    /// <summary>The control plane cannot be reached.</summary>
    public sealed record ControlPlaneAway(TimeSpan At, TimeSpan For) : Timed(At);

    /// <summary>
    /// The disk of the checkpoints is full or read-only: no save succeeds. One that fails may have happened all the same.
    /// </summary>
    public sealed record SavesFail(TimeSpan At, TimeSpan For, bool AfterEffect) : Timed(At);

    /// <summary>The container has ended, the agent knows, and somebody starts it again.</summary>
    public sealed record ContainerStarted(TimeSpan At, int Task, int Container) : Timed(At);

    /// <summary>The name means another image in the registry from now on.</summary>
    public sealed record ImageMoves(TimeSpan At, int Image) : Timed(At);

    /// <summary>The agent is killed, and when it comes back what it had saved is lost or stale.</summary>
    /// <param name="Depth">So many saves are undone, or the record of that number is gone.</param>
    /// <param name="IdentityKept">Whether the file survives that says who the agent is.</param>
    public sealed record StateLost(TimeSpan At, StateLoss How, int Depth, bool IdentityKept, TimeSpan DownFor) : Timed(At);

    /// <summary>The control plane sends the task once more.</summary>
    public sealed record PayloadRepeated(TimeSpan At, int Task) : Timed(At);

    /// <summary>The control plane refuses the nth report for good.</summary>
    public sealed record ReportRefused(int Nth) : Disturbance;

    /// <summary>The control plane takes the nth report, but the agent does not hear of it.</summary>
    public sealed record AcceptanceLost(int Nth) : Disturbance;

    /// <summary>One call to the runtime goes wrong.</summary>
    public sealed record CallFails(RuntimeCallKind Call, int Nth, CallFault Fault) : Disturbance;

    /// <summary>The agent is told to end, ends in order, and comes back.</summary>
    public sealed record AgentShutsDown(TimeSpan At, TimeSpan DownFor) : Timed(At);

    /// <summary>The agent is killed at its nth call to the outside, before or after the call has its effect, and comes back.</summary>
    public sealed record AgentKilled(int AtCall, bool AfterEffect, TimeSpan DownFor) : Disturbance;
}
