using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Registration;

/// <summary>
/// Finds out, before anything of the saved state is used, whether it is this agent's own: a disk that was copied to another machine and a
/// directory that belongs to another cluster hold somebody else's tasks.
/// </summary>
internal sealed partial class EarlierLife(
    IIdentityStore identities,
    IMachine machine,
    ICheckpointStore checkpoints,
    AgentIdentity identity,
    AgentOptions options,
    ILogger<EarlierLife> logger)
{
    private const string DefaultCluster = "default";

    /// <summary>Throws <see cref="ControlPlaneException"/> (terminal) when the state belongs to another cluster.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (identities.Load() is not { } saved)
        {
            return;
        }

        if (await IsOfAnotherMachineAsync(saved, cancellationToken).ConfigureAwait(false))
        {
            await ForgetAllAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        var cluster = ClusterOf(options);
        if (saved.Cluster != cluster)
        {
            throw new ControlPlaneException(
                "ClusterMismatch",
                $"Data mismatch; saved cluster '{saved.Cluster}' does not match configured cluster '{cluster}'. "
                + "Perhaps you want to delete the configured checkpoint file?",
                ControlPlaneFailureKind.Terminal);
        }

        identity.Resume(saved.ContainerInstanceArn, saved.Cluster);
    }

    /// <summary>The configured cluster; the default one where none is.</summary>
    internal static string ClusterOf(AgentOptions options) => options.Cluster.Length == 0 ? DefaultCluster : options.Cluster;

    /// <summary>A machine that cannot be asked is taken for the same.</summary>
    private async Task<bool> IsOfAnotherMachineAsync(SavedIdentity saved, CancellationToken cancellationToken)
    {
        if (saved.Ec2InstanceId is not { } before
            || await machine.FindInstanceIdAsync(cancellationToken).ConfigureAwait(false) is not { } now
            || now == before)
        {
            return false;
        }

        LogOtherMachine(before, now);
        return true;
    }

    private async Task ForgetAllAsync(CancellationToken cancellationToken)
    {
        foreach (var task in await checkpoints.LoadAsync(cancellationToken).ConfigureAwait(false))
        {
            await checkpoints.ForgetAsync(task.Arn, cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The saved state was made on instance {Before} and this is {Now}: it is dropped, and this machine is registered anew")]
    private partial void LogOtherMachine(string before, string now);
}
