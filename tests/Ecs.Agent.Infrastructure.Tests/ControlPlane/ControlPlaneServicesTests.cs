using Ecs.Agent.Application;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Registration.RegisterContainerInstance;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Infrastructure.ControlPlane;
using Ecs.Agent.Infrastructure.ControlPlane.Acs;
using Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane;

public sealed class ControlPlaneServicesTests
{
    [Fact]
    public async Task AddEcsControlPlane_RegistrationThroughTheApplication_OpensTheTaskChannel()
    {
        await using var server = await Loopback.StartAsync();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IContainerRuntime, FixedRuntime>();
        services.AddEcsAgentApplication(Agents.Options(server.Endpoint) with { Cluster = "lab" });
        services.AddEcsControlPlane(
            new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "not-a-real-secret" },
            Agents.Build);
        services.AddSingleton<ISender, RecordingSender>();
        services.AddSingleton<ITaskDirectory>(new FixedTasks());
        Assert.Contains(
            services, service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(AcsSession));

        // Only this one of the hosted services: the others want a container runtime.
        await using var provider = services.BuildServiceProvider();
        using var session = ActivatorUtilities.CreateInstance<AcsSession>(provider);
        await session.StartAsync(default);
        var profile = await provider.GetRequiredService<IContainerInstanceProfile>().DescribeAsync("tok", registeredBefore: false, default);
        var echoed = string.Join(',', profile.Attributes.Select(
            attribute => attribute.Value is null
                ? $$"""{"name":"{{attribute.Key}}"}"""
                : $$"""{"name":"{{attribute.Key}}","value":"{{attribute.Value}}"}"""));
        server.Answer(200, $$$"""{"containerInstance":{"containerInstanceArn":"arn:i","attributes":[{{{echoed}}}]}}""")
            .Answer(200, $$"""{"endpoint":"{{server.Endpoint}}"}""");
        var instance = await provider.GetRequiredService<IRequestHandler<RegisterContainerInstanceCommand, ContainerInstance>>()
            .Handle(new RegisterContainerInstanceCommand(), default);
        Assert.Equal(new ContainerInstance("arn:i", "lab", null), instance);
        var socket = await server.AcceptAsync();
        await session.StopAsync(default);
        socket.Drop();
    }
}
