using System.Net.WebSockets;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.LocalControlPlane.Tasks;
using Ecs.Agent.LocalControlPlane.WebSockets;
using Ecs.Agent.Protocol.Tcs;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.LocalControlPlane.Tcs;

/// <summary>One agent's telemetry connection: acknowledges everything, keeps the health of containers, sends heartbeats.</summary>
internal sealed partial class TcsSession : IDisposable
{
    private readonly ControlPlaneStore _store;
    private readonly ILogger _logger;
    private readonly MessageSocket _socket;
    private readonly HeartbeatWatch _heartbeats;

    public TcsSession(ControlPlaneStore store, LocalControlPlaneOptions options, TimeProvider time, ILogger logger, MessageSocket socket)
    {
        _store = store;
        _logger = logger;
        _socket = socket;
        _heartbeats = new HeartbeatWatch(time, options.HeartbeatInterval, Beat, socket.Abort);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var writing = _socket.WriteAllAsync(cancellationToken);
        await foreach (var frame in _socket.ReadAllAsync(cancellationToken))
        {
            _heartbeats.Heard();
            using var envelope = Envelope.Read(SignedFrame.Body(frame));
            Handle(envelope);
        }

        _socket.Close(WebSocketCloseStatus.EndpointUnavailable);
        await writing;
    }

    public void Dispose() => _heartbeats.Dispose();

    private void Handle(Envelope? envelope)
    {
        switch (envelope?.Type)
        {
            case nameof(PublishMetricsRequest):
                _socket.Post(
                    nameof(AckPublishMetric), new AckPublishMetric { Message = string.Empty }, TcsJsonContext.Default.AckPublishMetric);
                break;
            case nameof(PublishHealthRequest) when envelope.TryRead(TcsJsonContext.Default.PublishHealthRequest, out var request):
                ApplyHealth(request);
                _socket.Post(
                    nameof(AckPublishHealth), new AckPublishHealth { Message = string.Empty }, TcsJsonContext.Default.AckPublishHealth);
                break;
            case nameof(PublishInstanceStatusRequest):
                _socket.Post(
                    nameof(AckPublishInstanceStatus),
                    new AckPublishInstanceStatus { Message = string.Empty },
                    TcsJsonContext.Default.AckPublishInstanceStatus);
                break;
            default:
                LogNotUnderstood(envelope?.Type);
                break;
        }
    }

    private void ApplyHealth(PublishHealthRequest request) =>
        _store.Update(state => (request.Tasks ?? []).Aggregate(state, ApplyHealth));

    private static ControlPlaneState ApplyHealth(ControlPlaneState state, TaskHealth health)
    {
        if (state.FindTask(health.TaskArn) is not { } task)
        {
            return state;
        }

        var byContainer = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var container in health.Containers ?? [])
        {
            if (container is { ContainerName: { } name, HealthStatus: { } status })
            {
                byContainer[name] = status;
            }
        }

        return TaskTransition.Replace(state, task, TaskProgress.ApplyHealth(task, byContainer));
    }

    private void Beat() =>
        _socket.Post(nameof(HeartbeatMessage), new HeartbeatMessage { Healthy = true }, TcsJsonContext.Default.HeartbeatMessage);

    [LoggerMessage(LogLevel.Warning, "Agent sent telemetry that is not understood, of type {Type}")]
    private partial void LogNotUnderstood(string? type);
}
