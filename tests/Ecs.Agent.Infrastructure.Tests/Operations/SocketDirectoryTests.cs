using Ecs.Agent.Infrastructure.Operations;

namespace Ecs.Agent.Infrastructure.Tests.Operations;

public sealed class SocketDirectoryTests
{
    public static TheoryData<Dictionary<string, string>, string> Places { get; } = new()
    {
        { new() { ["ECS_OPERATOR_SOCKET_DIR"] = "/a", ["XDG_RUNTIME_DIR"] = "/run/user/7" }, "/a" },
        { new() { ["ECS_OPERATOR_SOCKET_DIR"] = "", ["XDG_RUNTIME_DIR"] = "/run/user/7" }, "/run/ecs-agent /run/user/7/ecs-agent" },
        { [], "/run/ecs-agent" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void All_OfAnEnvironment_AreThoseWhereAgentsMayBe(Dictionary<string, string> environment, string expected)
    {
        Assert.Equal(expected, string.Join(' ', SocketDirectory.All(environment)));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Own_OfAnEnvironment_IsOneOfThose(Dictionary<string, string> environment, string all)
    {
        var own = SocketDirectory.Own(environment);

        Assert.True(own is null ? environment.Count == 0 : all.Split(' ').Contains(own));
    }

    [Fact]
    public void SocketsIn_NoSuchDirectory_AreNone() => Assert.Empty(SocketDirectory.SocketsIn("/nowhere/at/all"));
}
