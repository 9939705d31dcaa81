using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>Registers where the agent's state is kept.</summary>
public static class CheckpointServices
{
    /// <summary>
    /// Adds the stores of <c>ECS_DATADIR</c> where checkpoints are on, and nothing where they are off. The directory is taken when the agent
    /// starts; <see cref="CheckpointException"/> then says why it cannot be.
    /// </summary>
    public static IServiceCollection AddCheckpoints(this IServiceCollection services, AgentOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        if (!options.Checkpoint)
        {
            return services;
        }

        services.AddSingleton(_ => DataDirectory.Take(options.DataDirectory));
        services.AddSingleton(provider => new SqliteCheckpointStore(
            provider.GetRequiredService<DataDirectory>(),
            OperatingSystemFiles.Instance,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SqliteCheckpointStore>>()));
        services.AddSingleton<ICheckpointStore>(provider => provider.GetRequiredService<SqliteCheckpointStore>());
        services.AddSingleton<IImageLedgerStore>(provider => provider.GetRequiredService<SqliteCheckpointStore>());
        services.AddSingleton<ITaskManifestNumber>(provider => provider.GetRequiredService<SqliteCheckpointStore>());
        services.AddSingleton<IIdentityStore, FileIdentityStore>();
        return services;
    }
}
