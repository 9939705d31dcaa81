using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Application.Runtime;

/// <summary>The image of pause containers, <see cref="PauseImage.Name"/>. Throws <see cref="RuntimeException"/>.</summary>
public interface IPauseImage
{
    /// <summary>Gives the image to the runtime when it is not there. However many ask, it is loaded once.</summary>
    Task EnsureAsync(CancellationToken cancellationToken);
}
