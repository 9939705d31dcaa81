using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ecs.Agent.Infrastructure.Operations.Wire;

namespace Ecs.Agent.Infrastructure.Operations;

/// <summary>Asks one agent at its socket.</summary>
/// <param name="socket">The socket's path.</param>
public sealed class OperatorClient(string socket) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) => await ConnectAsync(socket, cancellationToken),
    })
    {
        BaseAddress = new Uri("http://agent/"),
        Timeout = TimeSpan.FromSeconds(15),
    };

    /// <summary>All tasks of the agent.</summary>
    /// <exception cref="HttpRequestException">Nobody answers, or not as this version understands.</exception>
    public async Task<TaskListDocument> ListAsync(CancellationToken cancellationToken)
    {
        using var response = await GetAsync("v1/tasks", cancellationToken);
        return await ReadAsync(response, OperationsJson.Default.TaskListDocument, cancellationToken);
    }

    /// <summary>Why a task is as it is, or why that cannot be said: exactly one of the two is there.</summary>
    /// <param name="task">ARN, id or beginning of the id.</param>
    /// <param name="logLines">How many of the last lines of each container are wanted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpRequestException">Nobody answers, or not as this version understands.</exception>
    public async Task<(TaskDocument? Task, RefusalDocument? Refusal)> ExplainAsync(
        string task, int logLines, CancellationToken cancellationToken)
    {
        var lines = logLines.ToString(CultureInfo.InvariantCulture);
        using var response = await GetAsync($"v1/explain?task={Uri.EscapeDataString(task)}&logLines={lines}", cancellationToken);
        return response.StatusCode == HttpStatusCode.OK
            ? (await ReadAsync(response, OperationsJson.Default.TaskDocument, cancellationToken), null)
            : (null, await ReadAsync(response, OperationsJson.Default.RefusalDocument, cancellationToken));
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"no answer within {_http.Timeout.TotalSeconds} s", e);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken)
                ?? throw new HttpRequestException("the answer is empty");
        }
        catch (JsonException e)
        {
            throw new HttpRequestException($"the answer is not understood, maybe another version's: {e.Message}", e);
        }
    }

    private static async Task<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(connection, ownsSocket: true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
