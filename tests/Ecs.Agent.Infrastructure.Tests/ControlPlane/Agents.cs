using Amazon.Runtime;
using Ecs.Agent.Application;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Registration.RegisterContainerInstance;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Infrastructure.Aws;
using Ecs.Agent.Infrastructure.ControlPlane;
using Ecs.Agent.Infrastructure.ControlPlane.EcsApi;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane;

/// <summary>Puts the parts of an agent together for a test.</summary>
internal static class Agents
{
    public static readonly ContainerInstance Instance =
        new("arn:aws:ecs:eu-test-1:111122223333:container-instance/lab/0f3c2d", "lab", null);

    public static readonly AgentBuild Build = new("1.2.3", "a8b3e7d3");

    public static AgentOptions Options(Uri backend) => new() { Region = "eu-test-1", BackendEndpoint = backend, External = true };

    public static InstanceCredentials Credentials(TimeProvider time, string token = "") => new(
        [new("the test", TimeSpan.MaxValue, _ => Task.FromResult<ImmutableCredentials?>(new("AKIDEXAMPLE", "not-a-real-secret", token)))],
        time,
        NullLogger<InstanceCredentials>.Instance);

    public static EcsApiClient Api(Uri backend, TimeProvider time) =>
        new(EcsApiClient.NewHttpClient(), Options(backend), Build, Credentials(time), time);

    /// <summary>The identity after a registration that gave <see cref="Instance"/>.</summary>
    public static async Task<AgentIdentity> RegisteredAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IControlPlane, AlwaysRegistered>();
        services.AddSingleton<IContainerInstanceProfile, AlwaysRegistered>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IIdentifiers>(new FixedIdentifiers());
        services.AddEcsAgentApplication(new AgentOptions { Region = "eu-test-1" });
        await using var provider = services.BuildServiceProvider();
        var handler = provider.GetRequiredService<IRequestHandler<RegisterContainerInstanceCommand, ContainerInstance>>();
        await handler.Handle(new RegisterContainerInstanceCommand(), default);
        return provider.GetRequiredService<AgentIdentity>();
    }

    private sealed class AlwaysRegistered : IControlPlane, IContainerInstanceProfile
    {
        public Task<ContainerInstance> RegisterAsync(ContainerInstanceRegistration registration, CancellationToken cancellationToken) =>
            Task.FromResult(Instance);

        public Task SubmitAsync(TaskStateReport report, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public Task<ContainerInstanceRegistration> DescribeAsync(
            string clientToken, bool registeredBefore, CancellationToken cancellationToken) =>
            Task.FromResult(new ContainerInstanceRegistration { Cluster = "lab", ClientToken = clientToken, Cpu = 1, MemoryMiB = 1 });
    }
}
