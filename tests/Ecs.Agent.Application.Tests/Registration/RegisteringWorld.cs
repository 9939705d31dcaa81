using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Ecs.Agent.Application.Tests.Registration;

/// <summary>
/// What outlives an agent that registers: a control plane that makes a container instance for each client token and answers as it is told to, the
/// file with the identity, and a machine.
/// </summary>
internal sealed class RegisteringWorld : IControlPlane, IContainerInstanceProfile, IIdentityStore, IMachine
{
    private readonly SequentialIdentifiers _identifiers = new();
    private readonly List<string> _instances = [];

    public SavedIdentity? Identity { get; private set; }

    public PendingRegistration? Pending { get; private set; }

    public string? Ec2InstanceId { get; set; } = "i-1";

    public bool DiskIsFull { get; set; }

    /// <summary>Thrown after the call has had its effect; null lets the answer through.</summary>
    public Func<ContainerInstanceRegistration, ControlPlaneException?> LostAnswer { get; set; } = _ => null;

    public List<ContainerInstanceRegistration> Calls { get; } = [];

    /// <summary>What was durable when the call was made, of each call.</summary>
    public List<PendingRegistration?> DurableAtCall { get; } = [];

    public int Instances => _instances.Count;

    public static ControlPlaneException Failure(ControlPlaneFailureKind kind) => new("ServerException", "as the test wants it", kind);

    /// <summary>One life of an agent that registers. Throws as the registration does.</summary>
    public async Task<ContainerInstance> LiveAsync(AgentOptions options)
    {
        await using var agent = await TestAgent.StartAsync(options, register: false, also: services =>
        {
            services.AddSingleton<IControlPlane>(this);
            services.AddSingleton<IContainerInstanceProfile>(this);
            services.AddSingleton<IIdentityStore>(this);
            services.AddSingleton<IMachine>(this);
            services.AddSingleton<IIdentifiers>(_identifiers);
        });
        await agent.SendAsync(new Application.Tasks.Recovery.RecoverTasks.RecoverTasksCommand());
        return await agent.RegisterAsync();
    }

    public Task<ContainerInstance> RegisterAsync(ContainerInstanceRegistration registration, CancellationToken cancellationToken)
    {
        Calls.Add(registration);
        DurableAtCall.Add(Pending);
        if (registration.ContainerInstanceArn is null && !_instances.Contains(registration.ClientToken))
        {
            _instances.Add(registration.ClientToken);
        }

        return LostAnswer(registration) is { } failure
            ? Task.FromException<ContainerInstance>(failure)
            : Task.FromResult(new ContainerInstance(
                registration.ContainerInstanceArn ?? $"arn:{_instances.IndexOf(registration.ClientToken)}", registration.Cluster, null));
    }

    public Task SubmitAsync(TaskStateReport report, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ContainerInstanceRegistration> DescribeAsync(string clientToken, bool registeredBefore, CancellationToken cancellationToken) =>
        Task.FromResult(TestAgent.Machine with { ClientToken = clientToken });

    public Task<string?> FindInstanceIdAsync(CancellationToken cancellationToken) => Task.FromResult(Ec2InstanceId);

    public SavedIdentity? Load() => Identity;

    public PendingRegistration? LoadPending() => Pending;

    public void Save(SavedIdentity identity)
    {
        RequireRoom();
        (Identity, Pending) = (identity, null);
    }

    public void SavePending(PendingRegistration registration)
    {
        RequireRoom();
        (Identity, Pending) = (null, registration);
    }

    private void RequireRoom()
    {
        if (DiskIsFull)
        {
            throw new CheckpointException(CheckpointFailureKind.DiskFull, "the disk is full");
        }
    }
}
