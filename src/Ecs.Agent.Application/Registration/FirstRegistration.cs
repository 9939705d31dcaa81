using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Identity;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Registration;

/// <summary>
/// Keeps a machine from being registered twice when the agent dies between the registration and the saving of what came of it: the client token
/// is durable before it is sent, and the next life sends the same one.
/// </summary>
internal sealed partial class FirstRegistration(
    IIdentityStore identities, IMachine machine, IIdentifiers identifiers, AgentOptions options, ILogger<FirstRegistration> logger)
{
    /// <summary>The client token to send, and whether an earlier life may have sent it already.</summary>
    public async Task<(string ClientToken, bool IsRepeat)> BeginAsync(CancellationToken cancellationToken)
    {
        if (!options.Checkpoint)
        {
            return (identifiers.Uuid().ToString(), false);
        }

        var ec2InstanceId = await machine.FindInstanceIdAsync(cancellationToken).ConfigureAwait(false);
        if (identities.LoadPending() is { } pending && IsOfHere(pending, ec2InstanceId))
        {
            LogRepeated(pending.ClientToken);
            return (pending.ClientToken, true);
        }

        return (Begin(ec2InstanceId), false);
    }

    /// <summary>The control plane does not want the earlier life's token any more: another one.</summary>
    public async Task<string> BeginAnewAsync(CancellationToken cancellationToken) =>
        Begin(await machine.FindInstanceIdAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>An identity that cannot be saved does not keep the agent from working: the containers can tell it, too.</summary>
    public async Task EndAsync(ContainerInstance instance, CancellationToken cancellationToken)
    {
        if (!options.Checkpoint)
        {
            return;
        }

        var ec2InstanceId = await machine.FindInstanceIdAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            identities.Save(new SavedIdentity(instance.Cluster, instance.Arn, ec2InstanceId, instance.AvailabilityZone));
        }
        catch (CheckpointException e)
        {
            LogNotSaved(instance.Arn, e.Message);
        }
    }

    /// <summary>A token that was copied with the disk of another machine is that machine's; one that cannot be told is taken for the same.</summary>
    private bool IsOfHere(PendingRegistration pending, string? ec2InstanceId) =>
        pending.Cluster == EarlierLife.ClusterOf(options)
        && (pending.Ec2InstanceId is null || ec2InstanceId is null || pending.Ec2InstanceId == ec2InstanceId);

    private string Begin(string? ec2InstanceId)
    {
        var token = identifiers.Uuid().ToString();
        try
        {
            identities.SavePending(new PendingRegistration(token, EarlierLife.ClusterOf(options), ec2InstanceId));
        }
        catch (CheckpointException e)
        {
            LogNotDurable(e.Message);
        }

        return token;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The identity of this container instance, {ContainerInstanceArn}, cannot be saved: {Problem}")]
    private partial void LogNotSaved(string containerInstanceArn, string problem);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The registration of this machine goes on without its client token being saved; should the agent be killed before it is "
            + "through, the machine is registered once more: {Problem}")]
    private partial void LogNotDurable(string problem);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "An earlier life of this agent was registering this machine when it ended: its registration is repeated with the client "
            + "token {ClientToken}")]
    private partial void LogRepeated(string clientToken);
}
