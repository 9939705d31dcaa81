using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;

namespace Ecs.Agent.Application.Tests.Registration;

/// <summary>However often the agent dies while it registers for the first time, the machine is one container instance.</summary>
public sealed class FirstRegistrationTests
{
    private static readonly AgentOptions Kept = TestAgent.Options with { Checkpoint = true };

    private readonly RegisteringWorld _world = new();

    [Fact]
    public async Task ClientToken_IsDurableBeforeItIsSent()
    {
        await _world.LiveAsync(Kept);

        Assert.Equal(_world.Calls[0].ClientToken, _world.DurableAtCall[0]!.ClientToken);
        Assert.True(Guid.TryParse(_world.Calls[0].ClientToken, out _), _world.Calls[0].ClientToken);
    }

    [Fact]
    public async Task Registration_ThatNobodyHeardOf_IsRepeatedWithTheSameToken()
    {
        await DieWhileRegisteringAsync();
        await DieWhileRegisteringAsync();

        var instance = await _world.LiveAsync(Kept);

        Assert.Equal(("arn:0", 1, 3), (instance.Arn, _world.Instances, _world.Calls.Count));
        Assert.Equal("arn:0", _world.Identity!.ContainerInstanceArn);
        Assert.Null(_world.Pending);
    }

    [Fact]
    public async Task Registration_OfOnceKnownInstance_HasATokenOfItsOwnAndLeavesTheIdentityAlone()
    {
        await _world.LiveAsync(Kept);
        var saved = _world.Identity;

        await _world.LiveAsync(Kept);

        Assert.Equal(["arn:0"], _world.Calls.Skip(1).Select(call => call.ContainerInstanceArn));
        Assert.NotEqual(_world.Calls[0].ClientToken, _world.Calls[1].ClientToken);
        Assert.Equal(saved, _world.Identity);
        Assert.Null(_world.DurableAtCall[1]);
    }

    [Theory]
    [InlineData("default", "i-1", true)]
    [InlineData("default", null, true)]
    [InlineData("default", "i-2", false)]
    [InlineData("another", "i-1", false)]
    public async Task ClientToken_OfAnEarlierLife_IsUsedByTheSameMachineInTheSameClusterOnly(string cluster, string? machine, bool isUsed)
    {
        await DieWhileRegisteringAsync();

        _world.Ec2InstanceId = machine;
        await _world.LiveAsync(Kept with { Cluster = cluster });

        Assert.Equal(isUsed, _world.Calls[0].ClientToken == _world.Calls[1].ClientToken);
        Assert.Equal(_world.Calls[1].ClientToken, _world.DurableAtCall[1]!.ClientToken);
    }

    [Fact]
    public async Task ClientToken_OfAnEarlierLife_ThatIsRefused_IsReplacedOnce()
    {
        await DieWhileRegisteringAsync();
        var refused = _world.Calls[0].ClientToken;
        _world.LostAnswer = call => call.ClientToken == refused ? RegisteringWorld.Failure(ControlPlaneFailureKind.Terminal) : null;

        var instance = await _world.LiveAsync(Kept);

        Assert.Equal("arn:1", instance.Arn);
        Assert.Equal(_world.Calls[2].ClientToken, _world.DurableAtCall[2]!.ClientToken);

        _world.LostAnswer = _ => RegisteringWorld.Failure(ControlPlaneFailureKind.Terminal);
        await Assert.ThrowsAsync<ControlPlaneException>(() => _world.LiveAsync(Kept));
        Assert.Equal(4, _world.Calls.Count);
    }

    [Fact]
    public async Task ClientToken_ThatCannotBeSaved_IsSentAllTheSame()
    {
        _world.DiskIsFull = true;

        await _world.LiveAsync(Kept);

        Assert.Single(_world.Calls);
        Assert.Null(_world.Identity);
    }

    [Fact]
    public async Task Checkpoints_Off_NothingIsSaved()
    {
        await _world.LiveAsync(TestAgent.Options);

        Assert.Equal((null, null), (_world.DurableAtCall[0], _world.Identity));
    }

    private async Task DieWhileRegisteringAsync()
    {
        _world.LostAnswer = _ => RegisteringWorld.Failure(ControlPlaneFailureKind.Temporary);
        await Assert.ThrowsAsync<ControlPlaneException>(() => _world.LiveAsync(Kept));
        _world.LostAnswer = _ => null;
    }
}
