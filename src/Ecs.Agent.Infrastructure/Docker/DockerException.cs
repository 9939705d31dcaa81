using System.Net;
using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>
/// One call to Docker that did not succeed, in Docker's words and classed by what may be done about it. Lives between the clients
/// (<see cref="DockerHttp"/>, <see cref="DockerApi"/>) and <see cref="DockerOperation"/>, which gives it the name that ECS shows.
/// </summary>
internal sealed class DockerException : Exception
{
    public DockerException(string message, RuntimeFailureKind kind, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    private DockerException(HttpStatusCode status, string daemonMessage)
        : base("Error response from daemon: " + daemonMessage)
    {
        Status = status;
        Kind = KindOf(status);
    }

    public RuntimeFailureKind Kind { get; }

    /// <summary>What the daemon answered with; null when there was no answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>The daemon has answered, and the answer is no.</summary>
    public static DockerException Answered(HttpStatusCode status, string daemonMessage) => new(status, daemonMessage);

    private static RuntimeFailureKind KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => RuntimeFailureKind.NotFound,
        HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout => RuntimeFailureKind.Temporary,
        HttpStatusCode.NotImplemented => RuntimeFailureKind.Permanent,
        >= HttpStatusCode.InternalServerError => RuntimeFailureKind.Temporary,
        _ => RuntimeFailureKind.Permanent,
    };
}
