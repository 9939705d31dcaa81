using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Ecs.Agent.EndToEnd.Tests;
using Ecs.Agent.EndToEnd.Tests.Stack;
using Ecs.Agent.LocalControlPlane;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.KillMatrix.Tests;

/// <summary>
/// Two tasks from their placement to their clean-up, on a control plane, in a cluster and with a data directory of their own. What makes them go
/// on is opened by what the control plane shows, so that the story is the same however long the agent was away.
/// <list type="bullet">
/// <item><c>web</c>: <c>init</c> must succeed before <c>app</c> starts; <c>app</c> fails once and is restarted by its policy, with a volume of the
/// task; then the control plane stops it.</item>
/// <item><c>job</c>: <c>side</c>, of which the image has to be pulled, must be healthy before <c>main</c> starts; <c>main</c> ends by itself
/// with 5 and takes <c>side</c> along.</item>
/// </list>
/// </summary>
internal sealed class Scenario : IAsyncDisposable
{
    private const string VolumeLabel = "ecs-kill-matrix";

    /// <summary>Its first life fails when it is let; the second, which finds the mark in the volume, runs until TERM.</summary>
    private const string FailsOnce =
        "trap 'exit 0' TERM; if [ -e /data/again ]; then touch /gates/restarted; while :; do sleep 0.05; done; fi; "
        + "touch /data/again; while [ ! -e /gates/restart ]; do sleep 0.05; done; exit 1";

    private static readonly string[] Tasks = ["web", "job"];

    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-kill-").FullName;
    private readonly string _cluster = $"kill-{Guid.NewGuid():n}"[..13];
    private readonly string? _killAt;
    private readonly SampleRegistry _registry;
    private readonly LocalControlPlaneServer _controlPlane;
    private readonly RecordingProxy _proxy;
    private readonly EcsApi _api;
    private readonly List<(DateTimeOffset At, AgentLife Life)> _lives = [];
    private ImmutableArray<string>? _left;

    private Scenario(LocalControlPlaneServer controlPlane, SampleRegistry registry, string? killAt)
    {
        _controlPlane = controlPlane;
        _registry = registry;
        _killAt = killAt;
        _api = new EcsApi(controlPlane.Endpoint.GetLeftPart(UriPartial.Authority));
        _proxy = RecordingProxy.OnLoopback(controlPlane.Endpoint.Port);
        Directory.CreateDirectory(DataDirectory);
        Directory.CreateDirectory(Gates);
    }

    /// <summary>The agent's <c>ECS_DATADIR</c>.</summary>
    public string DataDirectory => Path.Combine(_folder, "data");

    /// <summary>Done between the agent's death and its next life.</summary>
    public Action<string> WhileDown { get; init; } = _ => { };

    /// <summary>Whether the agent died where it was to.</summary>
    public bool WasKilled => _lives.Count > 0 && _lives[0].Life.IsKilled;

    public IReadOnlyList<string> Points =>
    [
        .. _lives[0].Life.Trace.Select(passed => passed.Point).Where(
            point => point.EndsWith(".before", StringComparison.Ordinal) || point.EndsWith(".after", StringComparison.Ordinal)),
    ];

    /// <summary>All that the agent wrote, life by life.</summary>
    public string Log => string.Join("\n---- killed, started again\n", _lives.Select(life => life.Life.Process.Output));

    private string Gates => Path.Combine(_folder, "gates");

    private AgentLife Life => _lives[^1].Life;

    public static async Task<Scenario> PrepareAsync(SampleRegistry registry, string? killAt, Action<string>? whileDown = null) => new(
        await LocalControlPlaneServer.StartAsync(
            new LocalControlPlaneOptions { Port = 0 }, NullLoggerFactory.Instance, TimeProvider.System, Guid.NewGuid, CancellationToken.None),
        registry,
        killAt)
    {
        WhileDown = whileDown ?? (_ => { }),
    };

    /// <summary>Plays it to its end. Throws when it does not come to one.</summary>
    public async Task<History> PlayAsync(ContainerEvents events)
    {
        await CallAsync("CreateCluster", new JsonObject { ["clusterName"] = _cluster });
        await RegisterAsync("web", Web());
        await RegisterAsync("job", Job(await _registry.AddAsync(_cluster)));
        BeginLife(_killAt);
        var web = await RunAsync("web");
        var job = await RunAsync("job");
        await UntilAsync(async () => await StatusAsync(web) == "RUNNING" && await StatusAsync(job) == "RUNNING", "both tasks RUNNING");
        Open("end");
        Open("restart");
        await UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(Gates, "restarted"))), "app restarted");
        await CallAsync("StopTask", new JsonObject { ["cluster"] = _cluster, ["task"] = web });
        await UntilAsync(async () => await StatusAsync(web) == "STOPPED" && await StatusAsync(job) == "STOPPED", "both tasks STOPPED");
        await UntilAsync(() => Task.FromResult(AreForgotten()), "both tasks cleaned up");
        await UntilAsync(async () => (_left = await LeftAsync()) is { IsEmpty: true }, "nothing left in Docker", endsAnyway: true);
        await EndAsync();
        return await HistoryAsync(events, web, job);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, life) in _lives)
        {
            if (!life.Process.HasExited)
            {
                await life.Process.SignalAsync("KILL");
            }

            await life.Process.DisposeAsync();
        }

        if (_left is not { IsEmpty: true })
        {
            await RemoveLeftAsync();
        }

        await _registry.RemoveAsync(_cluster);
        await _proxy.DisposeAsync();
        _api.Dispose();
        await _controlPlane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>
    /// Tells the agent to end. Where its point came when nothing but that was left, or in its end, the next life must find nothing to do.
    /// </summary>
    private async Task EndAsync()
    {
        await Life.Process.SignalAsync("TERM");
        var exitCode = await Life.Process.ExitAsync();
        if (Life.IsKilled)
        {
            Resume();
            await UntilAsync(() => Task.FromResult(Life.HasPassed("save identity.after")), "registered again");
            await UntilAsync(async () => (_left = await LeftAsync()) is { IsEmpty: true }, "nothing left in Docker", endsAnyway: true);
            await Life.Process.SignalAsync("TERM");
            exitCode = await Life.Process.ExitAsync();
        }

        if (exitCode != 0)
        {
            throw new InvalidOperationException($"The agent ended with {exitCode} when told to.");
        }
    }

    private void Resume()
    {
        WhileDown(DataDirectory);
        BeginLife(killAt: null);
    }

    /// <summary>What a failed run has left; by the task as well, in case it is the cluster that is told wrongly.</summary>
    private async Task RemoveLeftAsync()
    {
        foreach (var task in Tasks)
        {
            await Engine.Shared.RemoveAllAsync($"com.amazonaws.ecs.task-definition-family={FamilyOf(task)}");
        }

        foreach (var volume in await VolumesAsync())
        {
            await Engine.Shared.CallAsync("volume", "rm", volume);
        }
    }

    private void BeginLife(string? killAt) =>
        _lives.Add((DateTimeOffset.UtcNow, AgentLife.Begin(_folder, _lives.Count + 1, killAt, Configuration())));

    private Dictionary<string, string?> Configuration() => new()
    {
        ["DOCKER_HOST"] = Engine.Shared.Host,
        ["ECS_BACKEND_HOST"] = $"http://127.0.0.1:{_proxy.Port}",
        ["ECS_CLUSTER"] = _cluster,
        ["ECS_EXTERNAL"] = "true",
        ["ECS_IMAGE_PULL_BEHAVIOR"] = "prefer-cached",
        ["ECS_DATADIR"] = DataDirectory,
        ["ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION"] = "1s",
        ["ECS_CONTAINER_STOP_TIMEOUT"] = "5s",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "local",
        ["AWS_SECRET_ACCESS_KEY"] = "local",
    };

    /// <summary>Waits, and starts the agent again when it has been killed. Any other end of the agent fails the run.</summary>
    private async Task UntilAsync(Func<Task<bool>> condition, string what, bool endsAnyway = false)
    {
        var deadline = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(endsAnyway ? 5 : 40);
        while (!await condition())
        {
            if (Life.IsKilled)
            {
                Resume();
            }
            else if (Life.Process.HasExited)
            {
                throw new InvalidOperationException($"The agent ended by itself with {Life.Process.ExitCode} before '{what}'.");
            }
            else if (DateTimeOffset.UtcNow > deadline)
            {
                if (endsAnyway)
                {
                    return;
                }

                throw new InvalidOperationException($"Never came to '{what}'.");
            }

            await Task.Delay(40);
        }
    }

    private async Task<string> RunAsync(string task)
    {
        string? arn = null;
        await UntilAsync(
            async () =>
            {
                try
                {
                    var run = await CallAsync("RunTask", new JsonObject { ["cluster"] = _cluster, ["taskDefinition"] = FamilyOf(task) });
                    arn = (string?)run["tasks"]?.AsArray().FirstOrDefault()?["taskArn"];
                    return arn is not null;
                }
                catch (InvalidOperationException)
                {
                    // No container instance yet.
                    return false;
                }
            },
            $"{task} placed");
        return arn!;
    }

    private async Task<string?> StatusAsync(string arn)
    {
        var answer = await CallAsync("DescribeTasks", new JsonObject { ["cluster"] = _cluster, ["tasks"] = new JsonArray(arn) });
        return (string?)answer["tasks"]![0]!["lastStatus"];
    }

    private Task<JsonObject> CallAsync(string operation, JsonObject body) => _api.CallAsync(operation, body);

    private void Open(string gate) => File.WriteAllText(Path.Combine(Gates, gate), "");

    private string FamilyOf(string task) => $"{task}-{_cluster[5..]}";

    private bool AreForgotten() => Tasks.All(IsForgotten);

    /// <summary>In this life, or in the one before: the deletion may be durable although the agent did not live to hear of it.</summary>
    private bool IsForgotten(string task)
    {
        var known = Life.HasPassed($"loaded {task}") || Life.HasPassed($"save {task}.before");
        return known
            ? Life.HasPassed($"forget {task}.after")
            : Life.HasPassed("load.after") && _lives.Exists(life => life.Life.HasPassed($"forget {task}.before"));
    }

    private async Task<History> HistoryAsync(ContainerEvents events, string web, string job)
    {
        var submissions = _proxy.Requests.Where(request => request.Calls("SubmitTaskStateChange"))
            .Select(request => new Submission(request.At, JsonNode.Parse(request.Body.Replace(web, "web", StringComparison.Ordinal)
                .Replace(job, "job", StringComparison.Ordinal))!.AsObject()))
            .ToList();
        var instances = await CallAsync("ListContainerInstances", new JsonObject { ["cluster"] = _cluster });
        return new History
        {
            Changes = Changes.Of(submissions),
            Docker = [.. events.Counts(_cluster)],
            Restarts = RestartCounts(),
            Left = _left ?? await LeftAsync(),
            Repeated = [.. Tasks.SelectMany(task => Changes.Repeated(ByLife(submissions.Where(s => s.TaskArn == task))))],
            ContainerInstances = instances["containerInstanceArns"]!.AsArray().Count,
        };
    }

    private IReadOnlyList<IReadOnlyList<Submission>> ByLife(IEnumerable<Submission> submissions)
    {
        var list = submissions.ToList();
        return
        [
            .. _lives.Select((life, i) => list
                .Where(s => s.At >= life.At && (i + 1 == _lives.Count || s.At < _lives[i + 1].At))
                .ToList()),
        ];
    }

    /// <summary>By the note of the last checkpoint of each container: <c>name=known,sent,restarts</c>.</summary>
    private ImmutableArray<string> RestartCounts() =>
    [
        .. _lives.SelectMany(life => life.Life.Trace)
            .Where(passed => passed.Point.StartsWith("save ", StringComparison.Ordinal))
            .SelectMany(passed => passed.Note.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .GroupBy(note => note.Split('=')[0], StringComparer.Ordinal)
            .OrderBy(container => container.Key, StringComparer.Ordinal)
            .Select(container => $"{container.Key}: {container.Last().Split(',')[^1]}"),
    ];

    private async Task<ImmutableArray<string>> LeftAsync() =>
    [
        .. (await Engine.Shared.ContainersAsync($"com.amazonaws.ecs.cluster={_cluster}")).Select(name => $"container {name}"),
        .. (await VolumesAsync()).Select(name => $"volume {name}"),
    ];

    private async Task<IEnumerable<string>> VolumesAsync() =>
        (await Engine.Shared.CallAsync("volume", "ls", "--quiet", "--filter", $"label={VolumeLabel}={_cluster}"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task RegisterAsync(string task, JsonObject definition)
    {
        definition["family"] = FamilyOf(task);
        definition["networkMode"] = "none";
        definition["volumes"]!.AsArray().Add(new JsonObject { ["name"] = "gates", ["host"] = new JsonObject { ["sourcePath"] = Gates } });
        foreach (var container in definition["containerDefinitions"]!.AsArray().OfType<JsonObject>())
        {
            container["image"] ??= TestSettings.Image;
            container["memory"] = 16;
            if (container["mountPoints"] is null)
            {
                container["mountPoints"] = new JsonArray();
            }

            container["mountPoints"]!.AsArray().Add(new JsonObject { ["sourceVolume"] = "gates", ["containerPath"] = "/gates" });
        }

        await CallAsync("RegisterTaskDefinition", definition);
    }

    private JsonObject Web() => JsonNode.Parse(string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "volumes": [{ "name": "data", "dockerVolumeConfiguration": { "scope": "task", "labels": { "{{VolumeLabel}}": "{{_cluster}}" } } }],
          "containerDefinitions": [
            { "name": "init", "essential": false, "command": ["true"] },
            {
              "name": "app",
              "command": ["sh", "-c", "{{FailsOnce}}"],
              "dependsOn": [{ "containerName": "init", "condition": "SUCCESS" }],
              "mountPoints": [{ "sourceVolume": "data", "containerPath": "/data" }],
              "restartPolicy": { "enabled": true, "ignoredExitCodes": [0], "restartAttemptPeriod": 60 }
            }
          ]
        }
        """))!.AsObject();

    private static JsonObject Job(string pulled) => JsonNode.Parse($$"""
        {
          "volumes": [],
          "containerDefinitions": [
            {
              "name": "side",
              "image": "{{pulled}}",
              "essential": false,
              "command": ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 0.05; done"],
              "healthCheck": { "command": ["CMD", "true"], "interval": 5 }
            },
            {
              "name": "main",
              "command": ["sh", "-c", "while [ ! -e /gates/end ]; do sleep 0.05; done; exit 5"],
              "dependsOn": [{ "containerName": "side", "condition": "HEALTHY" }]
            }
          ]
        }
        """)!.AsObject();
}
