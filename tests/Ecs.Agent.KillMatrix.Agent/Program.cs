using System.Collections;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Infrastructure;
using Ecs.Agent.Infrastructure.Configuration;
using Ecs.Agent.Infrastructure.ControlPlane;
using Ecs.Agent.KillPoints;
using MediatR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// ECS_KILL_AT: the point to die at. ECS_KILL_TRACE: the file that gets the points that were passed.
var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string?)v.Value ?? "");
var configuration = await AgentConfiguration.LoadAsync(environment, TimeProvider.System, null, CancellationToken.None);
if (configuration.Options is not { } options)
{
    await Console.Error.WriteLineAsync(string.Join("; ", configuration.Errors));
    return 1;
}

await using var trace = new StreamWriter(environment["ECS_KILL_TRACE"], append: true);
var points = new KillPoints(environment.GetValueOrDefault("ECS_KILL_AT"), trace);
var names = new TaskNames();
var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.Logging.SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Warning).AddSimpleConsole(console =>
{
    console.SingleLine = true;
    console.TimestampFormat = "HH:mm:ss.fff ";
});
builder.Services.AddEcsAgent(options, environment, AgentBuild.Of(typeof(KillPoints).Assembly));
builder.Services.Decorate<ICheckpointStore>((inner, _) => new FatalCheckpointStore(inner, points, names));
builder.Services.Decorate<ITaskManifestNumber>((inner, _) => new FatalManifestNumber(inner, points));
builder.Services.Decorate<IIdentityStore>((inner, _) => new FatalIdentityStore(inner, points));
builder.Services.Decorate<IContainerRuntime>((inner, _) => new FatalContainerRuntime(inner, points));
builder.Services.Decorate<IContainerSurvey>((inner, _) => new FatalContainerSurvey(inner, points));
builder.Services.Decorate<IVolumeStore>((inner, _) => new FatalVolumeStore(inner, points));
builder.Services.Decorate<IImageStore>((inner, _) => new FatalImageStore(inner, points));
builder.Services.Decorate<IControlPlane>((inner, _) => new FatalControlPlane(inner, points, names));
builder.Services.Decorate<IRequestHandler<StartTasksCommand, StartTasksResult>>((inner, _) => new ImpatientTasks(inner));
await builder.Build().RunAsync();
return 0;
