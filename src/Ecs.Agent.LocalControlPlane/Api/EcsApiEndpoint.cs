using System.Text.Json;
using Ecs.Agent.Protocol.EcsApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.LocalControlPlane.Api;

/// <summary>The ECS API on HTTP: AWS JSON 1.1, one POST target for all operations. Any signature is accepted, none is checked.</summary>
internal sealed partial class EcsApiEndpoint(EcsApiDispatcher dispatcher, Func<Guid> newId, ILogger logger)
{
    private const string TargetPrefix = "AmazonEC2ContainerServiceV20141113.";
    private const string ContentType = "application/x-amz-json-1.1";

    // What ECS accepts as a task definition is 64 KiB; nothing else comes near.
    private const int BodyLimit = 1024 * 1024;

    public async Task AnswerAsync(HttpContext context)
    {
        string target = context.Request.Headers["X-Amz-Target"].ToString();
        var operation = target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : string.Empty;
        try
        {
            var body = await ReadAsync(context.Request, context.RequestAborted);
            var answer = dispatcher.Dispatch(operation, body);
            LogAnswered(operation);
            await WriteAsync(context, StatusCodes.Status200OK, answer);
        }
        catch (EcsApiException refusal)
        {
            LogRefused(operation, refusal.Code, refusal.Message);
            await RefuseAsync(context, refusal);
        }
        catch (Exception fault) when (fault is not OperationCanceledException and not IOException)
        {
            LogFailed(fault, operation);
            await RefuseAsync(context, new EcsApiException("ServerException", "The control plane failed; its log has the details."));
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 0, 0, BodyLimit));
        var buffer = new byte[4096];
        int count;
        while ((count = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + count > BodyLimit)
            {
                throw new EcsApiException("RequestEntityTooLargeException", $"A request body can have at most {BodyLimit} bytes.");
            }

            body.Write(buffer, 0, count);
        }

        return body.ToArray();
    }

    private async Task RefuseAsync(HttpContext context, EcsApiException refusal)
    {
        context.Response.Headers["X-Amzn-ErrorType"] = refusal.Code;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new EcsApiError { Type = refusal.Code, Message = refusal.Message }, EcsApiJsonContext.Default.EcsApiError);
        await WriteAsync(context, refusal.IsServerFault ? StatusCodes.Status500InternalServerError : StatusCodes.Status400BadRequest, body);
    }

    private async Task WriteAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = body.Length;
        context.Response.Headers["x-amzn-RequestId"] = $"{newId():D}";
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    [LoggerMessage(LogLevel.Debug, "{Operation} answered")]
    private partial void LogAnswered(string operation);

    [LoggerMessage(LogLevel.Debug, "{Operation} refused: {Code}: {Reason}")]
    private partial void LogRefused(string operation, string code, string reason);

    [LoggerMessage(LogLevel.Error, "{Operation} failed")]
    private partial void LogFailed(Exception exception, string operation);
}
