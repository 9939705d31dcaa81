using System.Net;
using System.Runtime.CompilerServices;
using Ecs.Agent.LocalControlPlane.Acs;
using Ecs.Agent.LocalControlPlane.Api;
using Ecs.Agent.LocalControlPlane.Clusters;
using Ecs.Agent.LocalControlPlane.Families;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.LocalControlPlane.Tasks;
using Ecs.Agent.LocalControlPlane.Tcs;
using Ecs.Agent.LocalControlPlane.Web;
using Ecs.Agent.Protocol.EcsApi;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ecs.Agent.LocalControlPlane;

/// <summary>The embedded ECS, listening on loopback: what a fleet's control plane is, for the agents and callers of one machine.</summary>
public sealed class LocalControlPlaneServer : IAsyncDisposable
{
    // How long calls that are being answered may take to end.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private readonly ControlPlaneStore _store;
    private readonly TimeProvider _time;
    private readonly KestrelServer _kestrel;
    private readonly CancellationTokenSource _stopping = new();
    private Uri? _endpoint;
    private bool _disposed;

    private LocalControlPlaneServer(LocalControlPlaneOptions options, ILoggerFactory loggerFactory, TimeProvider time, Func<Guid> newId)
    {
        var names = new ResourceNames(options.Region, options.AccountId);
        _time = time;
        _store = new ControlPlaneStore(ControlPlaneState.Empty);
        Api = new EcsApi(_store, options, time, newId, () => Endpoint);
        _kestrel = Kestrel(options, loggerFactory);
        Application = new ControlPlaneApplication(
            new EcsApiEndpoint(new EcsApiDispatcher(Api), newId, loggerFactory.CreateLogger<EcsApiEndpoint>()),
            new AcsEndpoint(_store, names, options, time, newId, loggerFactory.CreateLogger<AcsSession>()),
            new TcsEndpoint(_store, options, time, loggerFactory.CreateLogger<TcsSession>()),
            loggerFactory,
            _stopping.Token);
    }

    /// <summary>Where the ECS API is: <c>http://127.0.0.1:PORT/</c>, for <c>--endpoint-url</c> and <c>ECS_BACKEND_HOST</c>.</summary>
    public Uri Endpoint => _endpoint ?? throw new InvalidOperationException("The control plane does not listen yet.");

    /// <summary>The ECS API without HTTP.</summary>
    public EcsApi Api { get; }

    private ControlPlaneApplication Application { get; }

    /// <summary>Starts listening.</summary>
    /// <param name="options">How it presents itself.</param>
    /// <param name="loggerFactory">Where it logs to.</param>
    /// <param name="time">The clock.</param>
    /// <param name="newId">Gives ids that were never given before.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <exception cref="ArgumentException">An option is out of range; every one that is gets named.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LocalControlPlaneServer> StartAsync(
        LocalControlPlaneOptions options,
        ILoggerFactory loggerFactory,
        TimeProvider time,
        Func<Guid> newId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problems() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(options));
        }

        var server = new LocalControlPlaneServer(options, loggerFactory, time, newId);
        try
        {
            await server._kestrel.StartAsync(server.Application, cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        server._endpoint = new Uri(server._kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        return server;
    }

    /// <summary>What this machine makes of a registered task definition that AWS would do differently, in the definition's order.</summary>
    /// <param name="taskDefinition"><c>family</c>, <c>family:revision</c> or the ARN.</param>
    /// <exception cref="EcsApiException">There is no such definition.</exception>
    public LocalAdaptation AdaptationOf(string taskDefinition) =>
        DefinitionName.Parse(taskDefinition)?.FindIn(_store.Current)?.Adaptation ?? throw EcsErrors.NotDescribed();

    /// <summary>
    /// A task as it is, then after every change, in order and without a gap; ends after STOPPED. Driven by the changes themselves.
    /// </summary>
    /// <exception cref="EcsApiException">There is no such task.</exception>
    public async IAsyncEnumerable<TaskDescription> Watch(
        string taskArn, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var subscription = new StateSubscription<PlacedTask>(_store, state => state.FindTask(taskArn));
        var task = subscription.Initial ?? throw EcsErrors.TaskNotFound();
        yield return Describe(task);
        while (!task.IsStopped && await subscription.Changes.ReadAsync(cancellationToken) is { } next)
        {
            task = next;
            yield return Describe(task);
        }
    }

    /// <summary>Waits until so many instances of a cluster have a connected agent.</summary>
    /// <param name="cluster">Name or ARN; null for <c>default</c>. It need not exist yet.</param>
    /// <param name="count">How many instances.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    public async Task WaitForConnectedInstancesAsync(string? cluster, int count, CancellationToken cancellationToken)
    {
        using var subscription = new StateSubscription<ControlPlaneState>(_store, state => state);
        var state = subscription.Initial;
        while (state?.FindCluster(cluster) is not { } found || state.InstancesOf(found).Count(instance => instance.IsConnected) < count)
        {
            state = await subscription.Changes.ReadAsync(cancellationToken);
        }
    }

    /// <summary>Drops every connection and stops listening. What it knew is gone with it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        await _stopping.CancelAsync();
        using var patience = new CancellationTokenSource(StopPatience, _time);
        await _kestrel.StopAsync(patience.Token);
        _kestrel.Dispose();
        _stopping.Dispose();
    }

    private TaskDescription Describe(PlacedTask task) =>
        TaskView.Describe(task, _store.Current.FindInstance(task.ContainerInstanceArn), withTags: true);

    private static KestrelServer Kestrel(LocalControlPlaneOptions options, ILoggerFactory loggerFactory)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggerFactory);
        return new KestrelServer(Options.Create(kestrel), transport, loggerFactory);
    }
}
