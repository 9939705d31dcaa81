using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Domain.Tests.Registries;

public sealed class RegistryLoginsTests
{
    [Theory]
    [InlineData("example.tld/my/image", "example.tld")]
    [InlineData("example.tld/my/image:1", "example.tld")]
    [InlineData("example.tld/user2/image", "example.tld/user2")]
    [InlineData("example.tld/user2/image@sha256:0123456789012345678901234567890123456789012345678901234567890123", "example.tld/user2")]
    [InlineData("busybox", "https://index.docker.io/v1/")]
    [InlineData("library/busybox", "https://index.docker.io/v1/")]
    [InlineData("amazon/amazon-ecs-agent:latest", "https://index.docker.io/v1/")]
    [InlineData("docker.io/library/busybox", "https://index.docker.io/v1/")]
    [InlineData("index.docker.io/library/busybox", "https://index.docker.io/v1/")]
    [InlineData("registry-1.docker.io/library/busybox", "https://index.docker.io/v1/")]
    [InlineData("registry.tld/image", null)]
    [InlineData("foo.example.tld/x", null)]
    [InlineData("localhost/x", "localhost")]
    [InlineData("host:5000/x:1", "http://host:5000")]
    [InlineData("deep.tld/a/b/c/image", "deep.tld/a/b")]
    [InlineData("deep.tld/a/x", "deep.tld/a")]
    [InlineData("deep.tld/other", "deep.tld/a")]
    public void For_Image_GivesTheLoginOfTheLongestKeyThatFits(string image, string? key)
    {
        var logins = Logins(
            "example.tld", "example.tld/user2", "https://index.docker.io/v1/", "localhost", "http://host:5000", "deep.tld/a", "deep.tld/a/b");

        Assert.Equal(key, logins.For(image)?.Username);
    }

    [Theory]
    [InlineData("docker.io")]
    [InlineData("index.docker.io/v1")]
    [InlineData("https://docker.io/v1/")]
    public void For_DockerHubUnderAnotherName_IsAnonymous(string key) => Assert.Null(Logins(key).For("busybox"));

    [Fact]
    public void ToString_OfLogins_TellsNoSecret()
    {
        var logins = RegistryLogins.Of([new("r.tld", new RegistryLogin { Username = "u", Password = "hunter2" })]);

        Assert.Equal("1 registry logins", logins.ToString());
        Assert.Equal("[redacted]", logins.For("r.tld/x")!.ToString());
    }

    private static RegistryLogins Logins(params string[] keys) =>
        RegistryLogins.Of(keys.Select(key => new KeyValuePair<string, RegistryLogin>(key, new RegistryLogin { Username = key })));
}
