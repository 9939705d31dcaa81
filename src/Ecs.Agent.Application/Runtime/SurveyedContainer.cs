using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Runtime;

/// <summary>A container that tells whose it is.</summary>
/// <param name="ContainerInstanceArn">The container instance whose agent made it.</param>
/// <param name="Cluster">The cluster of that agent.</param>
/// <param name="DataDirectory">Where that agent keeps its state.</param>
/// <param name="Task">Its task, without what may be secret.</param>
/// <param name="Name">Its name in the task.</param>
/// <param name="Found">What it is in the runtime.</param>
public sealed record SurveyedContainer(
    string ContainerInstanceArn, string Cluster, string DataDirectory, TaskDefinition Task, string Name, FoundContainer Found);
