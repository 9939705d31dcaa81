using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>For agents that nobody watches.</summary>
internal sealed class NoPullObserver : IPullObserver
{
    public void OnProgress(string taskArn, string container, PullProgress progress)
    {
    }
}
