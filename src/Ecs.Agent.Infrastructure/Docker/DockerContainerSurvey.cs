using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Infrastructure.Checkpoints.Records;
using Ecs.Agent.Infrastructure.Docker.Wire;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>Finds the containers that bear the recovery label.</summary>
internal sealed class DockerContainerSurvey(DockerHttp docker, TimeProvider time) : IContainerSurvey
{
    private static readonly string Path =
        "/containers/json?all=1&filters=" + Uri.EscapeDataString($"{{\"label\":[\"{ContainerLabels.Recovery}\"]}}");

    private static readonly DockerOperation List = new(ContainerErrorNames.CannotListContainers, "listing", TimeSpan.FromMinutes(10));

    public async Task<ImmutableArray<SurveyedContainer>> FindAsync(CancellationToken cancellationToken)
    {
        var listed = await List.RunAsync(
            time, token => docker.GetAsync(Path, DockerJson.Default.IReadOnlyListListedContainer, token), cancellationToken);
        return [.. listed.Select(Read).OfType<SurveyedContainer>()];
    }

    private static SurveyedContainer? Read(ListedContainer listed) =>
        listed is { Id: { } id, Names: [var name, ..] }
        && RecoveryRecord.Read(listed.Labels?.GetValueOrDefault(ContainerLabels.Recovery)) is { } record
            ? new SurveyedContainer(
                record.Instance,
                record.Cluster,
                record.Directory,
                record.Task.ToDefinition(),
                record.Container,
                new FoundContainer(id, name.TrimStart('/'), listed.ImageId))
            : null;
}
