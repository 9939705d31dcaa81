using System.Collections.Immutable;

namespace Ecs.Agent.Application.Runtime;

/// <summary>Finds containers of ECS tasks by what they say of themselves. Throws <see cref="RuntimeException"/>.</summary>
public interface IContainerSurvey
{
    /// <summary>
    /// All containers, running or not, that an agent of ours made and that tell enough to go on with them. One call, however many there are.
    /// </summary>
    Task<ImmutableArray<SurveyedContainer>> FindAsync(CancellationToken cancellationToken);
}
