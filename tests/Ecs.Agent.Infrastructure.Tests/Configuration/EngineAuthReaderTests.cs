using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Infrastructure.Configuration;

namespace Ecs.Agent.Infrastructure.Tests.Configuration;

public sealed class EngineAuthReaderTests
{
    private readonly List<string> _warnings = [];

    [Fact]
    public void Read_Docker_TakesAllMembers()
    {
        var login = Read("docker", """
            {"https://r.tld":{"username":"u","password":"p","auth":"a","email":"e","serveraddress":"s","identitytoken":"i","registrytoken":"t"}}
            """).For("r.tld/x")!;

        Assert.Equal(
            new RegistryLogin
            {
                Username = "u",
                Password = "p",
                Auth = "a",
                Email = "e",
                ServerAddress = "s",
                IdentityToken = "i",
                RegistryToken = "t",
            },
            login);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Read_DockerCfg_SplitsAtTheFirstColonAndLeavesBadEntriesOut()
    {
        var logins = Read("dockercfg", """
            {"a.tld":{"auth":"dXNlcjpwYTpzcw==","email":"e"},"b.tld":{"auth":"dXNlcg=="},"c.tld":{"auth":"*"},"d.tld":{}}
            """);

        Assert.Equal(new RegistryLogin { Username = "user", Password = "pa:ss" }, logins.For("a.tld/x"));
        Assert.Equal(1, logins.Count);
        Assert.Equal(["b.tld", "c.tld", "d.tld"], _warnings.Select(warning => warning.Split(' ')[4]));
    }

    [Theory]
    [InlineData("docker", """{"r.tld":{"username":"u"},"s.tld":{"password":7}}""")]
    [InlineData("docker", """{"r.tld":"text"}""")]
    [InlineData("docker", """{"r.tld":{"password":"hunter2"}""")]
    [InlineData("dockercfg", "[]")]
    [InlineData("docker", null)]
    [InlineData("other", """{"r.tld":{"password":"hunter2"}}""")]
    public void Read_NotUnderstood_IsAnonymousWithAWarningThatTellsNoSecret(string type, string? data)
    {
        Assert.Equal(0, Read(type, data).Count);

        Assert.DoesNotContain("hunter2", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoType_IsAnonymousWithoutAWarning()
    {
        Assert.Equal(0, Read(null, """{"r.tld":{"username":"u"}}""").Count);
        Assert.Empty(_warnings);
    }

    private RegistryLogins Read(string? type, string? data) => EngineAuthReader.Read(type, data, _warnings.Add);
}
