using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Testing;

/// <content>The agent's own image.</content>
public sealed partial class FakeContainerRuntime
{
    public async Task EnsureAsync(CancellationToken cancellationToken) =>
        await CallAsync(RuntimeOperation.EnsurePauseImage, PauseImage.Name, LoadPauseImage, cancellationToken).ConfigureAwait(false);

    private bool LoadPauseImage()
    {
        if (Local(PauseImage.Name) is null)
        {
            AddImage(PauseImage.Name, pulled: false);
        }

        return true;
    }
}
