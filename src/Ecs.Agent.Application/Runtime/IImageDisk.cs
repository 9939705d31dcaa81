using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Application.Runtime;

/// <summary>The disk that the runtime keeps images on.</summary>
public interface IImageDisk
{
    /// <summary>
    /// Its size and what is free now; null when that cannot be known from here, as with a runtime on another machine. Throws
    /// <see cref="RuntimeException"/> when the runtime cannot be asked.
    /// </summary>
    Task<DiskSpace?> MeasureAsync(CancellationToken cancellationToken);
}
