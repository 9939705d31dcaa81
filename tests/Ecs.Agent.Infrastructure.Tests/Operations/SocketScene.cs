using System.Collections.Immutable;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Application.Tasks.ExplainTask;
using Ecs.Agent.Application.Tasks.ListTasks;
using Ecs.Agent.Domain.Explaining;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Hosts;
using Ecs.Agent.Infrastructure.Operations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.Operations;

/// <summary>A directory of its own, and sockets in it.</summary>
internal sealed class SocketScene : IAsyncDisposable
{
    private readonly List<OperatorSocket> _sockets = [];

    public static DateTimeOffset T0 { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Root { get; } = Directory.CreateTempSubdirectory("ecs-sock-").FullName;

    public string Sockets => Path.Combine(Root, "agents");

    public RecordingLogger Log { get; } = new();

    public Func<ExplainTaskQuery, ExplainTaskResult> Answer { get; set; } = query => query.Task == "known"
        ? new ExplainTaskResult.Explained(Task("known"), [])
        : new ExplainTaskResult.NotFound();

    public static TaskExplanation Task(string id) => new()
    {
        Arn = $"arn:aws:ecs:us-east-1:000000000000:task/default/{id}",
        Family = "web",
        Revision = "3",
        Desired = EcsTaskStatus.Running,
        Known = EcsTaskStatus.Running,
        KnownSince = T0,
        Sent = EcsTaskStatus.Running,
        At = T0.AddSeconds(5),
    };

    public Task<OperatorSocket> ListenAsync() => ListenAsync(new Dictionary<string, string> { [SocketDirectory.Variable] = Sockets });

    public async Task<OperatorSocket> ListenAsync(IReadOnlyDictionary<string, string> environment)
    {
        ImmutableArray<TaskExplanation> tasks = [Task("known"), Task("other")];
        var answers = new FixedAnswers(query => Answer(query), new ListTasksResult(tasks));
        var application = new OperatorApplication(answers, new AgentIdentity(), NullLogger<OperatorApplication>.Instance);
        var socket = new OperatorSocket(
            environment, application, new RandomIdentifiers(), TimeProvider.System, NullLoggerFactory.Instance, Log);
        _sockets.Add(socket);
        await socket.StartAsync(TestContext.Current.CancellationToken);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
        {
            await socket.StopAsync(CancellationToken.None);
            socket.Dispose();
        }

        Directory.Delete(Root, recursive: true);
    }

    internal sealed class RecordingLogger : ILogger<OperatorSocket>
    {
        public List<string> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Assert.Equal(LogLevel.Warning, logLevel);
            Warnings.Add(formatter(state, exception));
        }
    }
}
