using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Host.Agents;
using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.Infrastructure.Checkpoints;
using Ecs.Agent.Infrastructure.Configuration;
using Ecs.Agent.Infrastructure.Docker;
using Microsoft.Extensions.DependencyInjection;

namespace Ecs.Agent.Host.Diagnosis;

/// <summary><c>doctor</c>: looks at what an agent of this environment would work with, and changes nothing.</summary>
internal sealed class DoctorSession(CommandConsole console, IReadOnlyDictionary<string, string> environment, TimeProvider time)
{
    private static readonly TimeSpan DockerPatience = TimeSpan.FromSeconds(10);

    /// <summary>Gives <see cref="ExitCodes.Success"/> unless something keeps the agent from working.</summary>
    public async Task<int> RunAsync(string? dataDirectory, CancellationToken cancellationToken)
    {
        var findings = await FindAsync(dataDirectory, cancellationToken);
        foreach (var finding in findings)
        {
            Print(finding);
        }

        return findings.Exists(finding => finding.Severity == FindingSeverity.Failure) ? ExitCodes.Failure : ExitCodes.Success;
    }

    private async Task<List<Finding>> FindAsync(string? dataDirectory, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var configuration = await AgentConfiguration.LoadAsync(environment, time, StandaloneAgent.HandledHere, cancellationToken);
        findings.AddRange(configuration.Errors.Select(error => new Finding(FindingSeverity.Failure, "configuration", error)));
        findings.AddRange(configuration.Warnings.Select(warning => new Finding(FindingSeverity.Warning, "configuration", warning)));
        if (configuration.Options is { } options)
        {
            findings.Add(new Finding(
                FindingSeverity.Good, "configuration",
                $"cluster {(options.Cluster.Length == 0 ? "default" : options.Cluster)}, region {options.Region}"));
            findings.Add(await LookAtDockerAsync(options, cancellationToken));
        }

        var directory = dataDirectory ?? (configuration.Options is { Checkpoint: true } kept ? kept.DataDirectory : null);
        findings.AddRange(directory is null
            ? [new Finding(FindingSeverity.Good, "state", "none is kept (ECS_CHECKPOINT is off); each start registers a new container instance")]
            : StateFindings.Of(CheckpointInspection.Inspect(directory)));
        return findings;
    }

    private async Task<Finding> LookAtDockerAsync(AgentOptions options, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddSingleton(options)
            .AddSingleton(time)
            .AddLogging()
            .AddDockerRuntime()
            .BuildServiceProvider();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(DockerPatience);
        try
        {
            var info = await services.GetRequiredService<IContainerRuntime>().GetInfoAsync(patience.Token);
            return new Finding(FindingSeverity.Good, "docker", $"{options.DockerHost} answers: {info.ServerVersion}, API {info.ApiVersion}");
        }
        catch (Exception e) when (e is RuntimeException or ArgumentException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new Finding(
                FindingSeverity.Failure, "docker", $"{options.DockerHost} does not answer: {e.Message}",
                "Start the Docker engine, or say in DOCKER_HOST where it is.");
        }
    }

    private void Print(Finding finding)
    {
        var mark = finding.Severity switch
        {
            FindingSeverity.Good => "ok  ",
            FindingSeverity.Warning => "WARN",
            FindingSeverity.Failure => "FAIL",
            _ => throw new ArgumentOutOfRangeException(nameof(finding), finding.Severity, "A severity without a mark."),
        };
        console.Output.WriteLine($"{mark} {finding.Subject,-13} {finding.Text}");
        if (finding.Advice is { } advice)
        {
            console.Output.WriteLine($"     {"",-13} {advice}");
        }
    }
}
