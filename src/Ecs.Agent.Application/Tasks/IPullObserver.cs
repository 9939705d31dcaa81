using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Application.Tasks;

/// <summary>Hears of the progress of image pulls. Must return at once and must not throw.</summary>
public interface IPullObserver
{
    void OnProgress(string taskArn, string container, PullProgress progress);
}
