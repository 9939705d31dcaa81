using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Credentials.RefreshCredentials;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Application.Tests.Secrets;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Secrets;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks.Resources;

/// <summary>What is kept elsewhere reaches the container, in the whole engine: fetched once, as the right role, and gone with the task.</summary>
public sealed class FetchedResourceTests
{
    private readonly FakeStores _stores = new();

    private static ContainerDefinition App { get; } = Container("app") with
    {
        Environment = new EnvironmentVariables([new("PLAIN", "own"), new("WON", "own")]),
        Secrets =
        [
            new SecretReference { Name = "PARAMETER", ValueFrom = "/p" },
            new SecretReference { Name = "WON", ValueFrom = "/p" },
            new SecretReference
            {
                Name = "SECRET", ValueFrom = "arn:aws:secretsmanager:eu-central-1:1:secret:s:key::", Provider = SecretProvider.SecretsManager,
            },
            new SecretReference { Name = "splunk-token", ValueFrom = "/p", Use = SecretUse.LogOption },
        ],
        EnvironmentFiles = [new EnvironmentFile("arn:aws:s3:::bucket/app.env")],
    };

    [Fact]
    public async Task Creation_OfAContainer_HasWhatWasFetchedInItsPlace()
    {
        FillStores();
        await using var agent = await StartedAsync();

        await agent.RunAsync(Definition(App));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        var creation = agent.Docker("app").Creation;
        Assert.Equal(
            ["FILE=f", "PARAMETER=p", "PLAIN=own", "SECRET=s", "WON=p"],
            creation.Environment.Where(v => !v.Key.StartsWith("AWS_", StringComparison.Ordinal)).Select(v => $"{v.Key}={v.Value}").Order());
        Assert.Equal([new("splunk-token", "p")], creation.SecretLogOptions);
        Assert.Equal(3, _stores.Calls.Count);
    }

    [Theory]
    [InlineData("parameters", "Fetching secret data from SSM Parameter Store in eu-central-1: invalid parameters: /p")]
    [InlineData("secrets", "Retrieved secret from Secrets Manager did not contain json key key")]
    public async Task Value_ThatCannotBeHad_StopsTheTaskWithTheReasonAndCreatesNothing(string missing, string reason)
    {
        FillStores();
        if (missing == "parameters")
        {
            _stores.Parameters.Clear();
        }
        else
        {
            _stores.Secrets["arn:aws:secretsmanager:eu-central-1:1:secret:s"] = "{}";
        }

        await using var agent = await StartedAsync();

        await agent.RunAsync(Definition(App));
        var task = await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(reason, task.TerminalReason);
        Assert.Null(Assert.Single(task.Containers).Error);
        Assert.DoesNotContain(agent.Runtime.Calls, call => call.Operation == RuntimeOperation.CreateContainer);
    }

    [Fact]
    public async Task Fetching_AsTheExecutionRole_WaitsForItsCredentials()
    {
        FillStores();
        await using var agent = await StartedAsync();
        await agent.RunAsync(Definition(App) with { ExecutionCredentialsId = "role" });
        await agent.UntilAsync(t => t.Containers[0].Known == ContainerStatus.Pulled);
        Assert.Empty(_stores.Calls);

        await agent.SendAsync(new RefreshCredentialsCommand(
            Arn(), TaskRole.Execution, new RoleCredentials { CredentialsId = "role", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = "not-real" }));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        Assert.All(_stores.Calls, call => Assert.StartsWith("role ", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task CleanUp_OfTheTask_RemovesItsEnvironmentFiles()
    {
        FillStores();
        await using var agent = await StartedAsync();
        await agent.RunAsync(Definition(App));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        await agent.StopAsync();
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);
        await agent.CleanUpAsync();
        await agent.Directory.ForgottenAsync(Arn(), agent.Patience);

        Assert.Contains("remove default/" + Arn()[^32..], _stores.Calls);
    }

    private void FillStores()
    {
        _stores.Parameters["/p"] = "p";
        _stores.Secrets["arn:aws:secretsmanager:eu-central-1:1:secret:s"] = """{"key":"s"}""";
        _stores.Files["bucket/app.env"] = "FILE=f\nPLAIN=file\n";
    }

    private Task<TestAgent> StartedAsync() => StartAsync(Options, also: services => services
        .AddSingleton<IParameterStore>(_stores)
        .AddSingleton<ISecretsManager>(_stores)
        .AddSingleton<IEnvironmentFileStore>(_stores));
}
