using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Application.Tasks;

/// <summary>Hears of the progress of image pulls. Must return at once and must not throw.</summary>
public interface IPullObserver
{
    /// <summary>The image is not here, or may be out of date: its registry is asked, which can take half a minute to fail.</summary>
    void OnRegistryAsked(string taskArn, string container, string image);

    /// <summary>A pull has come further.</summary>
    void OnProgress(string taskArn, string container, PullProgress progress);
}
