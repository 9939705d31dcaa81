using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registries;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Domain.Registries;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Ecs.Agent.Application.Tests.Registries;

public sealed class EcrLoginsTests
{
    private static readonly RegistryAuthentication.Ecr Registry = new() { RegistryId = "111122223333", Region = "eu-west-1" };
    private static readonly TimeSpan HalfDay = TimeSpan.FromHours(12);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly FakeEcr _ecr = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_IsKeptUntilHalfAnHourAndMoreBeforeItsEnd()
    {
        var logins = With(fraction: 0.5);
        _ecr.ExpiresAt = _time.GetUtcNow() + HalfDay;

        await logins.GetAsync(Registry, null, Cancellation);
        _time.Advance(HalfDay - TimeSpan.FromMinutes(45) - TimeSpan.FromTicks(1));
        var kept = await logins.GetAsync(Registry, null, Cancellation);
        _time.Advance(TimeSpan.FromTicks(1));
        var renewed = await logins.GetAsync(Registry, null, Cancellation);

        Assert.Equal(("token-1", "token-2"), (kept.Password, renewed.Password));
    }

    [Fact]
    public async Task Token_ThatLivesLong_IsRenewedAfterHalfADayAllTheSame()
    {
        var logins = With(fraction: 0);
        _ecr.ExpiresAt = _time.GetUtcNow() + TimeSpan.FromDays(30);

        await logins.GetAsync(Registry, null, Cancellation);
        _time.Advance(HalfDay - TimeSpan.FromTicks(1));
        Assert.Equal("token-1", (await logins.GetAsync(Registry, null, Cancellation)).Password);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal("token-2", (await logins.GetAsync(Registry, null, Cancellation)).Password);
    }

    public static TheoryData<string> Differences { get; } = ["role", "credentials", "region", "registry", "endpoint"];

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task Token_IsNeverGivenToAnybodyElse(string difference)
    {
        var logins = With(fraction: 0);
        _ecr.ExpiresAt = _time.GetUtcNow() + HalfDay;
        var role = Role("c-1", "role/a");

        var first = await logins.GetAsync(Registry, role, Cancellation);
        var second = await (difference switch
        {
            "role" => logins.GetAsync(Registry, Role("c-1", "role/b"), Cancellation),
            "credentials" => logins.GetAsync(Registry, Role("c-2", "role/a"), Cancellation),
            "region" => logins.GetAsync(Registry with { Region = "eu-west-2" }, role, Cancellation),
            "registry" => logins.GetAsync(Registry with { RegistryId = "444455556666" }, role, Cancellation),
            _ => logins.GetAsync(Registry with { EndpointOverride = "ecr.example" }, role, Cancellation),
        });
        var again = await logins.GetAsync(Registry, Role("c-1", "role/a"), Cancellation);

        Assert.Equal(("token-1", "token-2", "token-1"), (first.Password, second.Password, again.Password));
    }

    [Fact]
    public async Task Token_ThatIsBeingAskedFor_IsWaitedForByAll()
    {
        var logins = With(fraction: 0);
        _ecr.ExpiresAt = _time.GetUtcNow() + HalfDay;
        _ecr.Gate = new TaskCompletionSource();

        var all = Enumerable.Range(0, 8).Select(_ => logins.GetAsync(Registry, null, Cancellation)).ToList();
        _ecr.Gate.SetResult();
        await Task.WhenAll(all);

        Assert.Equal(1, _ecr.Asked);
    }

    [Fact]
    public async Task Tokens_AboveAHundred_DisplaceTheOneLongestUnused()
    {
        var logins = With(fraction: 0);
        _ecr.ExpiresAt = _time.GetUtcNow() + HalfDay;
        for (var i = 0; i < 100; i++)
        {
            await logins.GetAsync(Registry with { RegistryId = $"{i}" }, null, Cancellation);
        }

        await logins.GetAsync(Registry with { RegistryId = "0" }, null, Cancellation);
        await logins.GetAsync(Registry with { RegistryId = "new" }, null, Cancellation);

        Assert.Equal(101, _ecr.Asked);
        await logins.GetAsync(Registry with { RegistryId = "0" }, null, Cancellation);
        Assert.Equal(101, _ecr.Asked);
        await logins.GetAsync(Registry with { RegistryId = "1" }, null, Cancellation);
        Assert.Equal(102, _ecr.Asked);
    }

    [Fact]
    public async Task Refusal_IsNotKept()
    {
        var logins = With(fraction: 0);
        _ecr.ExpiresAt = _time.GetUtcNow() + HalfDay;
        _ecr.Refusal = "AccessDeniedException: not you";

        await Assert.ThrowsAsync<SecretStoreException>(() => logins.GetAsync(Registry, null, Cancellation));
        _ecr.Refusal = null;

        Assert.Equal("token-2", (await logins.GetAsync(Registry, null, Cancellation)).Password);
    }

    private EcrLogins With(double fraction) => new(_ecr, _time, Mock.Of<IIdentifiers>(i => i.NextFraction() == fraction));

    private static RoleCredentials Role(string id, string arn) =>
        new() { CredentialsId = id, RoleArn = arn, AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = "not-a-real-secret" };
}
