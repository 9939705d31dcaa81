using System.Net;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>A call of an AWS service that failed: refused by the service, or not carried out at all.</summary>
internal sealed class AwsCallException : Exception
{
    public AwsCallException(string code, string text, HttpStatusCode? status, Exception? innerException = null)
        : base($"{code}: {text}", innerException)
    {
        Code = code;
        Text = text;
        Status = status;
    }

    /// <summary>The modelled error, or <see cref="AwsErrors.RequestError"/> and its like when the service did not say one.</summary>
    public string Code { get; }

    public string Text { get; }

    /// <summary>Null when there was no HTTP answer.</summary>
    public HttpStatusCode? Status { get; }
}
