using System.Diagnostics.CodeAnalysis;
using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Credentials.RefreshCredentials;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Registration.RegisterContainerInstance;
using Ecs.Agent.Application.Registries;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Application.Tasks.CleanUpTask;
using Ecs.Agent.Application.Tasks.Containers;
using Ecs.Agent.Application.Tasks.ExplainTask;
using Ecs.Agent.Application.Tasks.HostResources;
using Ecs.Agent.Application.Tasks.Images;
using Ecs.Agent.Application.Tasks.ListTasks;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Application.Tasks.Recovery.RecoverTasks;
using Ecs.Agent.Application.Tasks.Reporting;
using Ecs.Agent.Application.Tasks.Resources;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Application.Tasks.StopTask;
using Ecs.Agent.Domain.Tasks;
using FluentValidation;
using MediatR;
using MediatR.Wrappers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Ecs.Agent.Application;

/// <summary>Registers the Application. The adapters for its ports come from Infrastructure, or from an embedder's own.</summary>
public static class ApplicationServices
{
    public static IServiceCollection AddEcsAgentApplication(this IServiceCollection services, AgentOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(options);
        services.TryAddSingleton<IPullObserver, NoPullObserver>();
        services.TryAddSingleton<IPullQueue>(provider => provider.GetRequiredService<ImagePulls>());
        services.TryAddSingleton<ICheckpointStore, InMemoryCheckpointStore>();
        services.TryAddSingleton<IImageLedgerStore, NoImageLedgerStore>();
        services.TryAddSingleton<ITaskManifestNumber, InMemoryTaskManifestNumber>();
        services.TryAddSingleton<IIdentityStore, NoIdentityStore>();
        services.TryAddSingleton<IMachine, UnknownMachine>();
        services.TryAddSingleton<ITaskCgroups, NoTaskCgroups>();
        services.TryAddSingleton<IPauseImage, NoPauseImage>();
        services.TryAddSingleton<IContainerSurvey, NoContainerSurvey>();
        services.AddSingleton<AgentIdentity>();
        services.AddSingleton<EarlierLife>();
        services.AddSingleton<FirstRegistration>();
        AddCredentials(services);
        AddEngine(services, options);
        AddCommands(services);
        return services;
    }

    private static void AddCredentials(IServiceCollection services)
    {
        services.TryAddSingleton<IParameterStore, NoStores>();
        services.TryAddSingleton<ISecretsManager, NoStores>();
        services.TryAddSingleton<IEnvironmentFileStore, NoStores>();
        services.TryAddSingleton<IEcrTokens, NoStores>();
        services.AddSingleton<TaskCredentials>();
        services.AddSingleton<ITaskObserver, StoppedTaskCredentials>();
        services.AddSingleton<TaskSecrets>();
        services.AddSingleton<EcrLogins>();
        services.AddSingleton<RegistryAccess>();
    }

    private static void AddEngine(IServiceCollection services, AgentOptions options)
    {
        services.AddSingleton<HostResourceLedger>();
        services.AddSingleton(
            provider => new LaunchGate(options.ConcurrentLaunches, LaunchGate.OfALaunch, provider.GetRequiredService<TimeProvider>()));
        AddImages(services);
        services.AddSingleton<ContainerSteps>();
        services.AddSingleton<VolumeProvider>();
        services.AddSingleton<CgroupProvider>();
        services.AddSingleton<ResourceSteps>();
        services.AddSingleton<ReportSubmitter>();
        services.AddSingleton<StepExecutor>();
        services.AddSingleton<TaskOwners>();
        services.AddSingleton<ITaskDirectory>(provider => provider.GetRequiredService<TaskOwners>());
        services.AddHostedService<ImageLedgerKeeper>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<TaskOwners>());
        services.AddHostedService<RuntimeWatcher>();
        services.AddHostedService<ImageCleanUp>();
        services.AddSingleton<StoppedTaskSignal>();
        services.AddSingleton<ITaskObserver>(provider => provider.GetRequiredService<StoppedTaskSignal>());
        services.AddHostedService<StoppedContainerLimit>();
    }

    private static void AddImages(IServiceCollection services)
    {
        services.AddSingleton<ImageInventory>();
        services.AddSingleton<ITaskObserver>(provider => provider.GetRequiredService<ImageInventory>());
        services.AddSingleton<ImageRemovalMarks>();
        services.AddSingleton<Func<ITaskDirectory>>(provider => provider.GetRequiredService<ITaskDirectory>);
        services.AddSingleton<ImageRemover>();
        services.AddSingleton<DiskRoom>();
        services.AddSingleton<ImagePulls>();
        services.AddSingleton<ImageSteps>();
    }

    /// <summary>
    /// Registers the handlers one by one: scanning would need reflection that a native executable does not have, and the list is short. For
    /// the same reason each request's wrapper, which MediatR makes by reflection, is kept by name.
    /// </summary>
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(RequestHandlerWrapperImpl<StartTasksCommand, StartTasksResult>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(RequestHandlerWrapperImpl<StopTaskCommand, StopTaskResult>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(RequestHandlerWrapperImpl<CleanUpTaskCommand, CleanUpTaskResult>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(RequestHandlerWrapperImpl<RecoverTasksCommand, RecoverTasksResult>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(RequestHandlerWrapperImpl<ExplainTaskQuery, ExplainTaskResult>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(RequestHandlerWrapperImpl<ListTasksQuery, ListTasksResult>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(RequestHandlerWrapperImpl<RegisterContainerInstanceCommand, ContainerInstance>))]
    [DynamicDependency(
        DynamicallyAccessedMemberTypes.All, typeof(RequestHandlerWrapperImpl<RefreshCredentialsCommand, RefreshCredentialsResult>))]
    private static void AddCommands(IServiceCollection services)
    {
        services.TryAddSingleton<IMediator>(provider => new Mediator(provider));
        services.TryAddSingleton<ISender>(provider => provider.GetRequiredService<IMediator>());
        services.AddSingleton<IRequestHandler<StartTasksCommand, StartTasksResult>, StartTasksHandler>();
        services.AddSingleton<IRequestHandler<StopTaskCommand, StopTaskResult>, StopTaskHandler>();
        services.AddSingleton<IRequestHandler<CleanUpTaskCommand, CleanUpTaskResult>, CleanUpTaskHandler>();
        services.AddSingleton<IRequestHandler<RecoverTasksCommand, RecoverTasksResult>, RecoverTasksHandler>();
        services.AddSingleton<IRequestHandler<ExplainTaskQuery, ExplainTaskResult>, ExplainTaskHandler>();
        services.AddSingleton<IRequestHandler<ListTasksQuery, ListTasksResult>, ListTasksHandler>();
        services.AddSingleton<IRequestHandler<RegisterContainerInstanceCommand, ContainerInstance>, RegisterContainerInstanceHandler>();
        services.AddSingleton<IRequestHandler<RefreshCredentialsCommand, RefreshCredentialsResult>, RefreshCredentialsHandler>();
        services.AddSingleton<IValidator<TaskDefinition>, TaskDefinitionValidator>();
    }
}
