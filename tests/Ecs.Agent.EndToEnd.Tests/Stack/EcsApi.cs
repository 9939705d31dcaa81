using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>The ECS API over plain HTTP, where starting the AWS CLI for each call would take longer than what is tested.</summary>
internal sealed class EcsApi(string endpoint) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(endpoint) };

    public async Task<JsonObject> CallAsync(string operation, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.1")),
        };
        request.Headers.Add("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + operation);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!.AsObject()
            : throw new EcsApiException(operation, (int)response.StatusCode, JsonNode.Parse(text)!);
    }

    public void Dispose() => _http.Dispose();
}
