using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Registries;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Registries;

/// <summary>With which login a container's image is pulled, in the whole engine.</summary>
public sealed class RegistryLoginTests
{
    private static readonly RegistryAuthentication.Ecr ByInstance = new() { RegistryId = "111122223333", Region = "eu-west-1" };
    private static readonly RegistryAuthentication.Ecr ByRole = ByInstance with { UseExecutionRole = true };

    private static readonly int[] Numbers = [1, 2, 3];

    private readonly FakeEcr _ecr = new();

    [Fact]
    public async Task Image_OfEcr_IsLookedUpAndPulledWithOneToken()
    {
        await using var agent = await StartedAsync();

        await agent.RunAsync(Definition(Container("app") with { RegistryAuthentication = ByInstance }, Container("plain")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        Assert.Equal(1, _ecr.Asked);
        Assert.Equal(["token-1", "token-1"], LoginsFor(agent, "repo/app:1"));
        Assert.Equal([null, null], LoginsFor(agent, "repo/plain:1"));
    }

    [Fact]
    public async Task SameImage_OfTasksWithDifferentRoles_IsPulledByEach()
    {
        await using var agent = await StartedAsync();
        var tasks = Numbers.Select(number => Definition(number, Container("app") with { RegistryAuthentication = ByRole }) with
        {
            ExecutionCredentialsId = Lent(number).CredentialsId,
        });
        var held = agent.Runtime.Hold(RuntimeOperation.PullImage);

        await agent.SendAsync(new StartTasksCommand(
            [.. tasks], [], [.. Numbers.Select(number => new TaskRoleCredentials(Arn(number), TaskRole.Execution, Lent(number)))]));
        foreach (var task in Numbers)
        {
            await agent.UntilAsync(t => t.Containers[0].PullBegan, task);
        }

        held.Release();
        foreach (var task in Numbers)
        {
            await agent.UntilReportedAsync(EcsTaskStatus.Running, task);
        }

        // The first two tasks have the same role and credentials, so one token and one pull serve both.
        var pulls = agent.Runtime.Calls.Where(call => call.Operation == RuntimeOperation.PullImage).Select(call => call.Login!.Username);
        Assert.Equal(["c-0", "c-1"], pulls.Order());
    }

    [Theory]
    [InlineData("ecr refuses", "CannotPullECRContainerError: AccessDeniedException: not you")]
    [InlineData("ecr without credentials", "CannotPullECRContainerError: engine ecr credentials: not found")]
    [InlineData("asm not fetched", "CannotPullContainerAuthError: engine docker private registry credentials: not found")]
    public async Task Login_ThatCannotBeHad_IsTheContainersReasonAndNothingIsPulled(string failure, string reason)
    {
        await using var agent = await StartedAsync(Options with { ImagePullBehavior = ImagePullBehavior.Always });
        _ecr.Refusal = "AccessDeniedException: not you";
        RegistryAuthentication authentication = failure switch
        {
            "ecr refuses" => ByInstance,
            "ecr without credentials" => ByRole,
            _ => new RegistryAuthentication.SecretsManager { CredentialsParameter = "registry-login" },
        };

        var app = Container("app") with { RegistryAuthentication = authentication };
        await agent.RunAsync(Definition(app) with { ExecutionCredentialsId = "c-0" });
        var task = await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(reason, Assert.Single(task.Containers).Error?.Reason);
        Assert.Empty(LoginsFor(agent, "repo/app:1"));
    }

    private Task<TestAgent> StartedAsync(AgentOptions? options = null) =>
        StartAsync(options ?? Options, also: services => services.AddSingleton<IEcrTokens>(_ecr));

    private static IEnumerable<string?> LoginsFor(TestAgent agent, string image) => agent.Runtime.Calls
        .Where(call => call.Subject == image && call.Operation is RuntimeOperation.ResolveDigest or RuntimeOperation.PullImage)
        .Where(call => call.Subject == image)
        .Select(call => call.Login?.Password);

    private static RoleCredentials Lent(int task) =>
        new() { CredentialsId = $"c-{task / 3}", RoleArn = "role/a", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = "not-a-real-secret" };
}
