using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecs.Agent.EndToEnd.Tests;
using Ecs.Agent.EndToEnd.Tests.Stack;
using Ecs.Agent.Infrastructure.Tests.Docker.Registries;

[assembly: AssemblyFixture(typeof(Ecs.Agent.KillMatrix.Tests.SampleRegistry))]

namespace Ecs.Agent.KillMatrix.Tests;

/// <summary>
/// A registry that has the sample image for each scenario anew, under a name and with an id of its own, so that each has to pull it and none is
/// in another one's way. The engine has its layers, so a pull costs next to nothing.
/// </summary>
public sealed class SampleRegistry : IAsyncLifetime
{
    private const string Tag = "1", Common = "sample", ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly HttpClient _http = new();
    private LocalRegistry? _registry;
    private string _manifest = "";
    private string _config = "";

    public async ValueTask InitializeAsync()
    {
        _registry = await LocalRegistry.StartAsync(CancellationToken.None);
        await PushAsync(NameOf(Common));
        using var ask = new HttpRequestMessage(HttpMethod.Get, AddressOf(Common, $"manifests/{Tag}"));
        ask.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(ManifestType));
        using var answer = await _http.SendAsync(ask);
        _manifest = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        _config = await _http.GetStringAsync(AddressOf(Common, $"blobs/{JsonNode.Parse(_manifest)!["config"]!["digest"]}"));
    }

    /// <summary>Puts the sample image into that repository; gives its whole name.</summary>
    public async Task<string> AddAsync(string repository)
    {
        var config = JsonNode.Parse(_config)!;
        config["config"]!["Labels"] = new JsonObject { ["ecs-kill-matrix"] = repository };
        var configBytes = Encoding.UTF8.GetBytes(config.ToJsonString());
        var manifest = JsonNode.Parse(_manifest)!;
        manifest["config"]!["size"] = configBytes.Length;
        manifest["config"]!["digest"] = await UploadAsync(repository, configBytes);
        foreach (var layer in manifest["layers"]!.AsArray())
        {
            using var mounted = await _http.PostAsync(
                AddressOf(repository, $"blobs/uploads/?mount={Uri.EscapeDataString((string)layer!["digest"]!)}&from={Common}"), content: null);
            mounted.EnsureSuccessStatusCode();
        }

        using var body = new StringContent(manifest.ToJsonString());
        body.Headers.ContentType = new MediaTypeHeaderValue(ManifestType);
        using var put = await _http.PutAsync(AddressOf(repository, $"manifests/{Tag}"), body);
        put.EnsureSuccessStatusCode();
        return NameOf(repository);
    }

    /// <summary>Takes the image off the engine, where it was pulled.</summary>
    public async Task RemoveAsync(string repository)
    {
        if ((await Engine.Shared.CallAsync("images", "--quiet", NameOf(repository))).Length > 0)
        {
            await Engine.Shared.CallAsync("rmi", NameOf(repository));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_registry is { } registry)
        {
            await registry.DisposeAsync();
        }
    }

    /// <summary>An image of its own, with the layers of the sample: that one gets no digest of a registry that will soon be gone.</summary>
    private static async Task PushAsync(string name)
    {
        var container = (await Engine.Shared.CallAsync("create", TestSettings.Image, "true")).Trim();
        await Engine.Shared.CallAsync("commit", "--change", $"LABEL ecs-kill-matrix={Common}", container, name);
        await Engine.Shared.CallAsync("rm", container);
        await Engine.Shared.CallAsync("push", "--quiet", name);
        await Engine.Shared.CallAsync("rmi", name);
    }

    private async Task<string> UploadAsync(string repository, byte[] blob)
    {
        var digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(blob));
        using var begun = await _http.PostAsync(AddressOf(repository, "blobs/uploads/"), content: null);
        begun.EnsureSuccessStatusCode();
        using var content = new ByteArrayContent(blob);
        using var put = await _http.PutAsync(new Uri($"{begun.Headers.Location}&digest={Uri.EscapeDataString(digest)}"), content);
        put.EnsureSuccessStatusCode();
        return digest;
    }

    private string NameOf(string repository) => $"{_registry!.Host}/{repository}:{Tag}";

    private Uri AddressOf(string repository, string what) => new($"http://{_registry!.Host}/v2/{repository}/{what}");
}
