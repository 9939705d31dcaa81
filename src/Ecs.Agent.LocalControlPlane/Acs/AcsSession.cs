using System.Net.WebSockets;
using System.Threading.Channels;
using Ecs.Agent.LocalControlPlane.ContainerInstances;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.LocalControlPlane.WebSockets;
using Ecs.Agent.Protocol.Acs;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.LocalControlPlane.Acs;

/// <summary>
/// One agent's ACS connection: a manifest first, then everything the agent has to be told, each message once per connection until it is
/// acknowledged, and heartbeats. Ends when the agent goes, falls silent or connects anew.
/// </summary>
internal sealed partial class AcsSession : IStateSubscriber, IDisposable
{
    private readonly ControlPlaneStore _store;
    private readonly ResourceNames _names;
    private readonly LocalControlPlaneOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<Guid> _newId;
    private readonly ILogger _logger;
    private readonly MessageSocket _socket;
    private readonly string _instanceArn;
    private readonly Guid _connectionId;
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);
    private readonly HeartbeatWatch _heartbeats;

    // One pending "look again" is as good as many.
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public AcsSession(
        ControlPlaneStore store,
        ResourceNames names,
        LocalControlPlaneOptions options,
        TimeProvider time,
        Func<Guid> newId,
        ILogger logger,
        MessageSocket socket,
        string instanceArn)
    {
        _store = store;
        _names = names;
        _options = options;
        _time = time;
        _newId = newId;
        _logger = logger;
        _socket = socket;
        _instanceArn = instanceArn;
        _connectionId = newId();
        _heartbeats = new HeartbeatWatch(time, options.HeartbeatInterval, Beat, Abandon);
    }

    public async Task RunAsync(Protocol.EcsApi.VersionInfo versions, CancellationToken cancellationToken)
    {
        _store.Subscribe(this);
        _store.Update(state => InstanceConnection.Connected(state, _instanceArn, _connectionId, versions, _time.GetUtcNow()));
        LogConnected(_instanceArn);
        try
        {
            SendManifest();
            _changed.Writer.TryWrite(true);
            var writing = _socket.WriteAllAsync(cancellationToken);
            var telling = TellAsync(cancellationToken);
            await ReceiveAsync(cancellationToken);
            _changed.Writer.TryComplete();
            await telling;
            _socket.Close(WebSocketCloseStatus.EndpointUnavailable);
            await writing;
        }
        finally
        {
            _store.Unsubscribe(this);
            _store.Update(state => InstanceConnection.Disconnected(state, _instanceArn, _connectionId, _time.GetUtcNow()));
            LogDisconnected(_instanceArn);
        }
    }

    public void OnChanged(ControlPlaneState before, ControlPlaneState after)
    {
        if (!ReferenceEquals(before.FindInstance(_instanceArn), after.FindInstance(_instanceArn)))
        {
            _changed.Writer.TryWrite(true);
        }
    }

    public void Dispose() => _heartbeats.Dispose();

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        await foreach (var bytes in _socket.ReadAllAsync(cancellationToken))
        {
            _heartbeats.Heard();
            using var envelope = Envelope.Read(bytes);
            Handle(envelope);
        }
    }

    private void Handle(Envelope? envelope)
    {
        switch (envelope?.Type)
        {
            case nameof(AckRequest) when envelope.TryRead(AcsJsonContext.Default.AckRequest, out var ack):
                UpdateInstance(instance => instance with { Payloads = instance.Payloads.Acknowledge(ack.MessageId ?? string.Empty) });
                break;
            case nameof(TaskStopVerificationMessage)
                when envelope.TryRead(AcsJsonContext.Default.TaskStopVerificationMessage, out var request):
                Confirm(request);
                break;
            case nameof(HeartbeatAckRequest) or nameof(IAMRoleCredentialsAckRequest):
                break;
            case nameof(NackRequest) when envelope.TryRead(AcsJsonContext.Default.NackRequest, out var nack):
                LogRefused(nack.MessageId, nack.Reason);
                break;
            default:
                LogNotUnderstood(envelope?.Type);
                break;
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in _changed.Reader.ReadAllAsync(cancellationToken))
            {
                Tell();
            }
        }
        catch (OperationCanceledException)
        {
            // The control plane goes; the receiving side ends the connection.
        }
    }

    private void Tell()
    {
        UpdateInstance(Seal);
        var state = _store.Current;
        var instance = state.FindInstance(_instanceArn);
        if (instance?.ConnectionId != _connectionId)
        {
            _socket.Abort();
            return;
        }

        foreach (var payload in instance.Payloads.Unacknowledged.Where(payload => _sent.Add(payload.MessageId)))
        {
            LogPayload(payload.MessageId, payload.SeqNum, payload.TaskArns.Length);
            var message = PayloadContent.Of(state, instance, payload, _time.GetUtcNow());
            _socket.Post(nameof(PayloadMessage), message, AcsJsonContext.Default.PayloadMessage);
        }
    }

    private ContainerInstance Seal(ContainerInstance instance)
    {
        var next = instance;
        while (next.ConnectionId == _connectionId && !next.Payloads.Waiting.IsEmpty)
        {
            var sequence = next.Sequence + 1;
            next = next with { Sequence = sequence, Payloads = next.Payloads.Seal($"{_newId():D}", sequence, _options.TasksPerPayload) };
        }

        return next;
    }

    private void SendManifest()
    {
        UpdateInstance(instance => instance with { Sequence = instance.Sequence + 1 });
        var state = _store.Current;
        if (state.FindInstance(_instanceArn) is { } instance)
        {
            _socket.Post(
                nameof(TaskManifestMessage),
                TaskManifest.Of(state, instance, $"{_newId():D}", _time.GetUtcNow()),
                AcsJsonContext.Default.TaskManifestMessage);
        }
    }

    private void Confirm(TaskStopVerificationMessage request)
    {
        var state = _store.Current;
        if (state.FindInstance(_instanceArn) is { } instance)
        {
            _socket.Post(
                nameof(TaskStopVerificationAck),
                TaskManifest.Confirm(state, instance, request, _names, _time.GetUtcNow()),
                AcsJsonContext.Default.TaskStopVerificationAck);
        }
    }

    private void Beat() => _socket.Post(
        nameof(HeartbeatMessage),
        new HeartbeatMessage { Healthy = true, MessageId = $"{_newId():D}" },
        AcsJsonContext.Default.HeartbeatMessage);

    private void Abandon()
    {
        LogSilent(_instanceArn);
        _socket.Abort();
    }

    private void UpdateInstance(Func<ContainerInstance, ContainerInstance> change) => _store.Update(state =>
        state.FindInstance(_instanceArn) is { } instance && change(instance) is var next && !ReferenceEquals(next, instance)
            ? state.With(next)
            : state);

    [LoggerMessage(LogLevel.Information, "Agent connected: {ContainerInstance}")]
    private partial void LogConnected(string containerInstance);

    [LoggerMessage(LogLevel.Information, "Agent disconnected: {ContainerInstance}")]
    private partial void LogDisconnected(string containerInstance);

    [LoggerMessage(LogLevel.Warning, "Agent fell silent, its connection is given up: {ContainerInstance}")]
    private partial void LogSilent(string containerInstance);

    [LoggerMessage(LogLevel.Debug, "Sending payload {MessageId}, number {SeqNum}, with {TaskCount} tasks")]
    private partial void LogPayload(string messageId, int seqNum, int taskCount);

    [LoggerMessage(LogLevel.Warning, "Agent refused message {MessageId}: {Reason}")]
    private partial void LogRefused(string? messageId, string? reason);

    [LoggerMessage(LogLevel.Warning, "Agent sent a message that is not understood, of type {Type}")]
    private partial void LogNotUnderstood(string? type);
}
