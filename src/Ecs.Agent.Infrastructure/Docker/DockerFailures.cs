using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Docker.DotNet;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Infrastructure.Docker.Wire;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>
/// The one translation of everything that can go wrong between the agent and the daemon, whichever client was speaking, into
/// <see cref="DockerException"/>.
/// </summary>
internal static class DockerFailures
{
    /// <summary>Whether this is Docker's failure or the connection's, and not a fault of our own.</summary>
    public static bool Covers(Exception e) =>
        e is DockerApiException or HttpRequestException or IOException or SocketException or JsonException or ObjectDisposedException;

    /// <summary>What the failure means. When the caller has given up, it means nothing but that: a cancellation.</summary>
    public static Exception Translate(Exception e, DockerEndpoint endpoint, CancellationToken cancellationToken) => e switch
    {
        _ when cancellationToken.IsCancellationRequested => new OperationCanceledException(e.Message, e, cancellationToken),
        DockerApiException refusal => Refused(refusal.StatusCode, refusal.ResponseBody),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } =>
            Unreachable(e, endpoint),
        HttpRequestException { InnerException: AuthenticationException refusal } => new DockerException(
            $"The Docker daemon at {endpoint.Name} does not prove who it is to the authority in DOCKER_CERT_PATH: {refusal.Message}",
            RuntimeFailureKind.Unreachable,
            e),
        JsonException => new DockerException(
            "error during connect: the answer of the Docker daemon is not readable", RuntimeFailureKind.Temporary, e),
        _ => new DockerException("error during connect: EOF", RuntimeFailureKind.Temporary, e),
    };

    /// <summary>The daemon's refusal, from the body of its answer; what is not Docker's error document is not shown.</summary>
    public static DockerException Refused(HttpStatusCode status, string? body)
    {
        if (MessageIn(body) is { Length: > 0 } message)
        {
            return DockerException.Answered(status, message);
        }

        using var bare = new HttpResponseMessage(status);
        return DockerException.Answered(status, bare.ReasonPhrase ?? "");
    }

    private static string? MessageIn(string? body)
    {
        if (string.IsNullOrEmpty(body))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body, DockerJson.Default.ErrorAnswer)?.Message;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DockerException Unreachable(Exception e, DockerEndpoint endpoint) => new(
        e.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied }
            ? $"permission denied while trying to connect to the Docker daemon socket at {endpoint.Name}"
            : $"Cannot connect to the Docker daemon at {endpoint.Name}. Is the docker daemon running?",
        RuntimeFailureKind.Unreachable,
        e);
}
