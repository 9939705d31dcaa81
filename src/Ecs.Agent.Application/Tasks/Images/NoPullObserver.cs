using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>For agents that nobody watches.</summary>
internal sealed class NoPullObserver : IPullObserver
{
    public void OnRegistryAsked(string taskArn, string container, string image)
    {
    }

    public void OnProgress(string taskArn, string container, PullProgress progress)
    {
    }
}
