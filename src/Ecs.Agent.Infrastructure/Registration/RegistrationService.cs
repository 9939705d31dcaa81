using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Registration.RegisterContainerInstance;
using Ecs.Agent.Application.Tasks.Recovery.RecoverTasks;
using MediatR;
using Microsoft.Extensions.Hosting;

namespace Ecs.Agent.Infrastructure.Registration;

/// <summary>
/// Registers this machine once the host starts, after it has made ready what tasks need of the machine and found what its earlier life left
/// behind. A registration that fails for good ends the host.
/// </summary>
internal sealed class RegistrationService(ISender sender, ITaskCgroups cgroups, AgentOptions options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await cgroups.PrepareAsync(stoppingToken);
        if (options.Checkpoint)
        {
            await sender.Send(new RecoverTasksCommand(), stoppingToken);
        }

        await sender.Send(new RegisterContainerInstanceCommand(), stoppingToken);
    }
}
