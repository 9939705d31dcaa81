using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Tasks.ExplainTask;
using Ecs.Agent.Application.Tasks.ListTasks;
using Ecs.Agent.Infrastructure.Operations.Wire;
using MediatR;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Operations;

/// <summary>What is answered at the operator's socket. Only questions: nothing here changes anything.</summary>
internal sealed partial class OperatorApplication(ISender sender, AgentIdentity identity, ILogger<OperatorApplication> logger)
    : IHttpApplication<HttpContext>
{
    /// <summary>So that a typing mistake does not make Docker read gigabytes.</summary>
    public const int MostLogLines = 10_000;

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // A context holds nothing beyond the connection's own features.
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (Exception e) when (e is not OperationCanceledException && !context.Response.HasStarted)
        {
            LogFailed(e);
            await RefuseAsync(
                context, StatusCodes.Status500InternalServerError, new("failed", "The agent failed; its log has the details.", []));
        }
    }

    private Task RouteAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("GET", "/v1/tasks") => ListAsync(context),
        ("GET", "/v1/explain") => ExplainAsync(context),
        _ => RefuseAsync(
            context, StatusCodes.Status404NotFound, new("notFound", "There is GET /v1/tasks and GET /v1/explain?task=TASK.", [])),
    };

    private async Task ListAsync(HttpContext context)
    {
        var list = await sender.Send(new ListTasksQuery(), context.RequestAborted);
        await WriteAsync(
            context, StatusCodes.Status200OK, DocumentComposer.Compose(Agent(), list.Tasks), OperationsJson.Default.TaskListDocument);
    }

    private async Task ExplainAsync(HttpContext context)
    {
        var name = context.Request.Query["task"].ToString();
        var lines = context.Request.Query["logLines"].ToString();
        var number = lines.Length == 0 ? "0" : lines;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > MostLogLines)
        {
            await RefuseAsync(
                context, StatusCodes.Status400BadRequest, new("badRequest", $"logLines must be a number from 0 to {MostLogLines}.", []));
            return;
        }

        switch (await sender.Send(new ExplainTaskQuery(name, count), context.RequestAborted))
        {
            case ExplainTaskResult.Explained found:
                var document = DocumentComposer.Compose(Agent(), found.Task, found.Tails);
                await WriteAsync(context, StatusCodes.Status200OK, document, OperationsJson.Default.TaskDocument);
                return;
            case ExplainTaskResult.Ambiguous several:
                await RefuseAsync(
                    context, StatusCodes.Status409Conflict, new("ambiguous", "Several tasks could be meant.", several.TaskArns));
                return;
            default:
                await RefuseAsync(context, StatusCodes.Status404NotFound, new("notFound", "This agent knows no such task.", []));
                return;
        }
    }

    private AgentDocument Agent() => new(Environment.ProcessId, identity.Cluster);

    private static Task RefuseAsync(HttpContext context, int status, RefusalDocument refusal) =>
        WriteAsync(context, status, refusal, OperationsJson.Default.RefusalDocument);

    private static async Task WriteAsync<T>(HttpContext context, int status, T document, JsonTypeInfo<T> type)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(document, type);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    [LoggerMessage(LogLevel.Error, "An operator's question could not be answered")]
    private partial void LogFailed(Exception exception);
}
