using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Infrastructure.Docker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.Docker.Registries;

/// <summary>A real registry that wants to know who pulls.</summary>
public sealed class PrivateRegistryTests(DockerEngine docker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pull_WithTheRightLogin_Works()
    {
        await using var registry = await LocalRegistry.StartAsync(guarded: true, Cancellation);
        var image = await registry.AddAsync("guarded/app", "1", "content", Cancellation);
        await using var services = With(registry.Host + "/guarded", LocalRegistry.Password);
        var images = services.GetRequiredService<IImageStore>();
        try
        {
            var digest = await images.ResolveDigestAsync(image, login: null, Cancellation);
            await images.PullAsync(image, digest, null, null, Cancellation);

            Assert.StartsWith("sha256:", digest, StringComparison.Ordinal);
            Assert.NotNull(await images.FindAsync(image, Cancellation));
        }
        finally
        {
            await docker.Images.DeleteAsync(image, Cancellation);
        }
    }

    [Fact]
    public async Task Pull_WithTheWrongLogin_FailsAtOnceAndTellsNoSecret()
    {
        await using var registry = await LocalRegistry.StartAsync(guarded: true, Cancellation);
        var image = await registry.AddAsync("guarded/app", "1", "content", Cancellation);
        await using var services = With(registry.Host, "another-secret");

        var failure = await Assert.ThrowsAsync<RuntimeException>(
            () => services.GetRequiredService<IImageStore>().ResolveDigestAsync(image, login: null, Cancellation));

        Assert.Equal(RuntimeFailureKind.Permanent, failure.Kind);
        Assert.StartsWith("CannotPullImageManifestError: Error response from daemon: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("another-secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_WithoutALogin_FailsAtOnce()
    {
        await using var registry = await LocalRegistry.StartAsync(guarded: true, Cancellation);
        var image = await registry.AddAsync("guarded/app", "1", "content", Cancellation);
        await using var services = With("elsewhere.tld", LocalRegistry.Password);

        var failure = await Assert.ThrowsAsync<RuntimeException>(
            () => services.GetRequiredService<IImageStore>().PullAsync(image, null, null, null, Cancellation));

        Assert.Equal(RuntimeFailureKind.Permanent, failure.Kind);
        Assert.Equal("CannotPullContainerError", failure.Error.Name);
    }

    private static ServiceProvider With(string registry, string password) => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddSingleton(DockerEngine.Options with
        {
            RegistryLogins = RegistryLogins.Of(
                [new(registry, new RegistryLogin { Username = LocalRegistry.Username, Password = password })]),
        })
        .AddDockerRuntime()
        .BuildServiceProvider();
}
