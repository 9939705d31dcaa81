using System.Collections.Immutable;

namespace Ecs.Agent.Application.Runtime;

/// <summary>A runtime whose containers do not tell whose they are.</summary>
internal sealed class NoContainerSurvey : IContainerSurvey
{
    public Task<ImmutableArray<SurveyedContainer>> FindAsync(CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableArray<SurveyedContainer>.Empty);
}
