using Ecs.Agent.Application.Registration.RegisterContainerInstance;
using MediatR;
using Microsoft.Extensions.Hosting;

namespace Ecs.Agent.Infrastructure.Registration;

/// <summary>Registers this machine once the host starts. A registration that fails for good ends the host.</summary>
internal sealed class RegistrationService(ISender sender) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => sender.Send(new RegisterContainerInstanceCommand(), stoppingToken);
}
