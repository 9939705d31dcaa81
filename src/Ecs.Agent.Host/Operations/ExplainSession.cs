using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.Host.Presentation;
using Ecs.Agent.Infrastructure.Operations;
using Ecs.Agent.Infrastructure.Operations.Wire;

namespace Ecs.Agent.Host.Operations;

/// <summary><c>explain</c>: asks every agent of this machine and shows what they say.</summary>
internal sealed class ExplainSession(CommandConsole console, IReadOnlyDictionary<string, string> environment)
{
    // For terminals and jq, not for web pages: nothing but what JSON itself wants escaped is.
    private static readonly OperationsJson Indented = new(new JsonSerializerOptions(OperationsJson.Default.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private readonly ExplanationLines _lines = new(console.Colours);

    public async Task<int> RunAsync(ExplainOptions options, CancellationToken cancellationToken)
    {
        var found = FoundAgents.In(SocketDirectory.All(environment));
        return options.Task is { } task
            ? await ExplainAsync(found, task, options, cancellationToken)
            : await ListAsync(found, options.Json, cancellationToken);
    }

    private async Task<int> ListAsync(FoundAgents found, bool json, CancellationToken cancellationToken)
    {
        var lists = await AskAllAsync(found, client => client.ListAsync(cancellationToken));
        if (lists.IsEmpty)
        {
            return NoAgent(found);
        }

        if (json)
        {
            Write(lists, Indented.ImmutableArrayTaskListDocument);
        }
        else
        {
            Write(_lines.Of(lists));
        }

        WarnOfClosed(found);
        return ExitCodes.Success;
    }

    private async Task<int> ExplainAsync(FoundAgents found, string task, ExplainOptions options, CancellationToken cancellationToken)
    {
        var answers = await AskAllAsync(found, client => client.ExplainAsync(task, options.LogLines, cancellationToken));
        if (answers.IsEmpty)
        {
            return NoAgent(found);
        }

        var explained = answers.Select(answer => answer.Task).OfType<TaskDocument>().ToImmutableArray();
        var possible = answers.SelectMany(answer => answer.Refusal?.TaskArns ?? []).Concat(explained.Select(t => t.TaskArn)).ToImmutableArray();
        switch (explained)
        {
            case [var only] when possible.Length == 1:
                Show(only, options.Json);
                return ExitCodes.Success;
            case [] when possible.IsEmpty:
                return NoSuchTask(found, task, answers.Select(answer => answer.Refusal));
            default:
                console.Error.WriteLine($"ecs-agent: {possible.Length} tasks begin with '{task}':");
                possible.ToList().ForEach(arn => console.Error.WriteLine($"  {arn}"));
                return ExitCodes.AmbiguousTask;
        }
    }

    private void Show(TaskDocument task, bool json)
    {
        if (json)
        {
            Write(task, Indented.TaskDocument);
        }
        else
        {
            Write(_lines.Of(task));
        }
    }

    /// <summary>The answers of all agents that give one; a socket that nobody listens at any more is passed over.</summary>
    private async Task<ImmutableArray<T>> AskAllAsync<T>(FoundAgents found, Func<OperatorClient, Task<T>> question)
    {
        var answers = ImmutableArray.CreateBuilder<T>();
        foreach (var socket in found.Sockets)
        {
            using var client = new OperatorClient(socket);
            try
            {
                answers.Add(await question(client));
            }
            catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
            {
                // Its agent was killed; the next one to start removes it.
            }
            catch (HttpRequestException e)
            {
                console.Error.WriteLine($"ecs-agent: the agent at {socket} gives no answer: {e.Message}");
            }
        }

        return answers.ToImmutable();
    }

    private int NoAgent(FoundAgents found)
    {
        console.Error.WriteLine($"ecs-agent: no agent answers on this machine; looked in {string.Join(" and ", found.Directories)}.");
        WarnOfClosed(found);
        return ExitCodes.NoAgent;
    }

    private int NoSuchTask(FoundAgents found, string task, IEnumerable<RefusalDocument?> refusals)
    {
        foreach (var refusal in refusals.Where(refusal => refusal is { Error: not "notFound" }))
        {
            console.Error.WriteLine($"ecs-agent: an agent says: {refusal!.Text}");
        }

        console.Error.WriteLine($"ecs-agent: no agent on this machine knows a task '{task}'. `ecs-agent explain` lists those that are known;");
        console.Error.WriteLine("a stopped task is forgotten when its containers are removed (ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION).");
        WarnOfClosed(found);
        return ExitCodes.NoSuchTask;
    }

    private void WarnOfClosed(FoundAgents found)
    {
        foreach (var directory in found.Closed)
        {
            console.Error.WriteLine($"ecs-agent: {directory} is another user's: agents in there can be asked by that user or with sudo.");
        }
    }

    private void Write(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            console.Output.WriteLine(line);
        }
    }

    private void Write<T>(T document, JsonTypeInfo<T> type) => console.Output.WriteLine(JsonSerializer.Serialize(document, type));
}
