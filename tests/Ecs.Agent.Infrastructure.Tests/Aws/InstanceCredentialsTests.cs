using Amazon.Runtime;
using Ecs.Agent.Infrastructure.Aws;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Ecs.Agent.Infrastructure.Tests.Aws;

public sealed class InstanceCredentialsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Get_FirstSourceThatHasAny_Wins()
    {
        using var credentials = New(
            Source(() => throw new IOException("secret text")), Source(() => null), Source(() => Key("c")), Source(() => Key("d")));
        Assert.Equal("c", (await credentials.GetAsync(default))!.AccessKey);
    }

    [Fact]
    public async Task Get_NoSourceHasAny_GivesNull()
    {
        using var credentials = New(Source(() => null));
        Assert.Null(await credentials.GetAsync(default));
    }

    [Fact]
    public async Task Get_WithinTheLifetime_AsksOnce()
    {
        var asked = 0;
        using var credentials = New(Source(() => Key($"{++asked}")));
        await credentials.GetAsync(default);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("1", (await credentials.GetAsync(default))!.AccessKey);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("2", (await credentials.GetAsync(default))!.AccessKey);
        credentials.Invalidate();
        Assert.Equal("3", (await credentials.GetAsync(default))!.AccessKey);
    }

    [Theory]
    [InlineData("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", true)]
    [InlineData("AWS_ACCESS_KEY", "AWS_SECRET_KEY", true)]
    [InlineData("AWS_ACCESS_KEY_ID", "OTHER", false)]
    [InlineData("OTHER", "AWS_SECRET_ACCESS_KEY", false)]
    public async Task Environment_BothHalves_MakeAKey(string key, string secret, bool found)
    {
        var environment = new Dictionary<string, string> { [key] = "k", [secret] = "s", ["AWS_SESSION_TOKEN"] = "t" };
        var credentials = await CredentialsChain.FromEnvironment(environment).FindAsync(default);
        Assert.Equal(found, credentials is not null);
        if (credentials is not null)
        {
            Assert.Equal(("k", "s", "t"), (credentials.AccessKey, credentials.SecretKey, credentials.Token));
        }
    }

    [Fact]
    public async Task File_Profile_IsRead()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "[other]\naws_access_key_id = k\naws_secret_access_key = s\naws_session_token = t\n");
            var found = await CredentialsChain.FromFile("test", path, "other").FindAsync(default);
            Assert.Equal(("k", "s", "t"), (found!.AccessKey, found.SecretKey, found.Token));
            Assert.Null(await CredentialsChain.FromFile("test", path, "absent").FindAsync(default));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task File_Missing_HasNone() =>
        Assert.Null(await CredentialsChain.FromFile("test", "/nowhere/credentials", "default").FindAsync(default));

    [Fact]
    public void Chains_Order_IsTheDocumentedOne()
    {
        var none = new Dictionary<string, string>();
        Assert.Equal(
            ["the environment", "the SDK's default chain", "the rotating credentials file"],
            CredentialsChain.Ec2(none, "default").Select(source => source.Name));
        Assert.Equal(
            ["the environment", "the rotating credentials file", "the shared credentials file", "the EC2 role"],
            CredentialsChain.External(none, "default").Select(source => source.Name));
    }

    private InstanceCredentials New(params CredentialsSource[] chain) => new([.. chain], _time, NullLogger<InstanceCredentials>.Instance);

    private static CredentialsSource Source(Func<ImmutableCredentials?> find) =>
        new("test", TimeSpan.FromMinutes(1), _ => Task.FromResult(find()));

    private static ImmutableCredentials Key(string key) => new(key, "secret", "");
}
