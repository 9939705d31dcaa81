using System.Collections.Immutable;
using System.CommandLine;

namespace Ecs.Agent.Host.CommandLine;

/// <summary><c>ecs-agent run</c></summary>
internal sealed class RunCommand : Command, IDocumentedCommand
{
    /// <param name="run">Runs the agent until it is told to stop; gives the exit code.</param>
    public RunCommand(Func<CancellationToken, Task<int>> run)
        : base("run", "Run the agent: register this machine with an ECS cluster, run the tasks it is given on Docker. Configured by the environment.")
    {
        SetAction((_, cancellationToken) => run(cancellationToken));
    }

    public ImmutableArray<HelpSection> HelpSections { get; } =
    [
        new("Environment (the official agent's; the most used)",
        [
            "ECS_CLUSTER          the cluster's name or ARN (default: the cluster `default`, created where it is missing)",
            "AWS_DEFAULT_REGION   the region; on EC2 the instance says it",
            "ECS_BACKEND_HOST     URL of the ECS API, for one that is not the region's own",
            "DOCKER_HOST          the Docker engine (default: unix:///var/run/docker.sock)",
            "ECS_LOGLEVEL         crit, error, warn, info (default) or debug",
        ]),
        new("Examples",
        [
            "ECS_CLUSTER=production AWS_DEFAULT_REGION=eu-central-1 ecs-agent run",
            "ECS_BACKEND_HOST=http://127.0.0.1:51700 ECS_EXTERNAL=true AWS_DEFAULT_REGION=us-east-1 \\",
            "  AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local ecs-agent run",
        ]),
        new("Exit codes",
        [
            "0   stopped by SIGTERM or SIGINT; tasks keep running",
            "1   failed for a reason that may pass: start it again",
            "5   cannot work as configured: do not start it again",
        ]),
    ];
}
