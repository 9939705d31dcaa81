namespace Ecs.Agent.LocalControlPlane.Api;

/// <summary>A refused ECS API call, as the API would refuse it.</summary>
public sealed class EcsApiException : Exception
{
    public EcsApiException()
        : this("ServerException", "These errors are usually caused by a server issue.")
    {
    }

    public EcsApiException(string message)
        : this("ClientException", message)
    {
    }

    public EcsApiException(string message, Exception innerException)
        : base(message, innerException) => Code = "ClientException";

    /// <param name="code">The modelled error, such as <c>InvalidParameterException</c>.</param>
    /// <param name="message">What was wrong, for the caller to read.</param>
    public EcsApiException(string code, string message)
        : base(message) => Code = code;

    /// <summary>The modelled error, such as <c>InvalidParameterException</c>.</summary>
    public string Code { get; }

    /// <summary>Whether the service is to blame (HTTP 500) rather than the caller (HTTP 400).</summary>
    public bool IsServerFault => Code == "ServerException";
}
