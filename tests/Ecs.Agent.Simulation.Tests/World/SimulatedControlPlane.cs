using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Simulation.Tests.Scenarios;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>Takes reports and remembers what it has taken.</summary>
internal sealed class SimulatedControlPlane(SimulatedWorld world)
{
    private int _away;
    private int _submissions;

    public bool IsAway => _away > 0;

    public void GoAway(TimeSpan length)
    {
        world.Trace.Add("  control plane: away");
        _away++;
        world.Clock.After(length, () =>
        {
            _away--;
            world.Trace.Add("  control plane: back");
        });
    }

    /// <summary>The control plane as one life of the agent reaches it.</summary>
    public IControlPlane For(AgentLife life) => new Client(this, world, life);

    private sealed class Client(SimulatedControlPlane plane, SimulatedWorld world, AgentLife life) : IControlPlane
    {
        public Task<ContainerInstance> RegisterAsync(ContainerInstanceRegistration registration, CancellationToken cancellationToken)
        {
            world.Laws.OnRegister(registration);
            return Task.FromResult(new ContainerInstance("arn:aws:ecs:eu-central-1:123456789012:container-instance/default/1", "default", null));
        }

        public Task SubmitAsync(TaskStateReport report, CancellationToken cancellationToken)
        {
            if (life.Enter($"submit {Show(report)}") is not { } call)
            {
                return AgentLife.Never<bool>();
            }

            var nth = ++plane._submissions;
            world.Laws.OnSubmitted(report);
            var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
            world.Clock.After(world.Chance.Between(0, 40, "submit", nth), () => Arrive(report, call, nth, answer));
            return answer.Task;
        }

        private void Arrive(TaskStateReport report, int call, int nth, TaskCompletionSource answer)
        {
            if (plane._away > 0)
            {
                Return(() => answer.TrySetException(Failure("ServerException", ControlPlaneFailureKind.Temporary)));
                return;
            }

            world.Laws.OnSettled(report);
            if (!life.Survives(call))
            {
                return;
            }

            if (world.Scenario.Disturbances.Contains(new Disturbance.ReportRefused(nth)))
            {
                Return(() => answer.TrySetException(Failure("InvalidParameterException", ControlPlaneFailureKind.Refused)));
            }
            else if (world.Scenario.Disturbances.Contains(new Disturbance.AcceptanceLost(nth)))
            {
                Return(() => answer.TrySetException(Failure("RequestTimeout", ControlPlaneFailureKind.Temporary)));
            }
            else
            {
                Return(() => answer.TrySetResult());
            }
        }

        private void Return(Func<bool> set) => world.Clock.After(TimeSpan.FromMilliseconds(5), () =>
        {
            if (!life.IsDead)
            {
                set();
            }
        });

        private static ControlPlaneException Failure(string code, ControlPlaneFailureKind kind) => new(code, "in the simulation", kind);

        private static string Show(TaskStateReport report) =>
            $"{report.TaskArn[^4..]} {report.Status} "
            + $"[{string.Join(", ", report.Containers.Select(c => $"{c.ContainerName} {c.Status} {c.ExitCode}"))}]";
    }
}
