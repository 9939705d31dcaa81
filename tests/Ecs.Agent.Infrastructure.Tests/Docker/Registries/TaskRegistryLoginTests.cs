using System.Text;
using Ecs.Agent.Application;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registries;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Aws;
using Ecs.Agent.Infrastructure.Docker;
using Ecs.Agent.Infrastructure.Tests.Aws;
using Ecs.Agent.Infrastructure.Tests.ControlPlane;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.Docker.Registries;

/// <summary>A real registry that lets in only who has the login that AWS keeps: as a secret, or as a token of ECR.</summary>
public sealed class TaskRegistryLoginTests(DockerEngine docker)
{
    private const string Wrong = "another-secret";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("asm", false)]
    [InlineData("asm", true)]
    [InlineData("ecr", false)]
    [InlineData("ecr", true)]
    public async Task Pull_WithTheLoginThatAwsKeeps_Works(string type, bool tls)
    {
        await using var registry = await LocalRegistry.StartAsync(guarded: true, tls, Cancellation);
        var image = await registry.AddAsync("guarded/app", "1", type + tls, Cancellation);
        await using var aws = await AwsAsync(LocalRegistry.Password);
        await using var services = With(aws, registry.Host);
        var task = Prepared(services, image, Authentication(type));

        Assert.True((await services.GetRequiredService<TaskSecrets>().FetchRegistryCredentialsAsync(task, Cancellation)).Succeeded);
        var login = await services.GetRequiredService<RegistryAccess>().LoginForAsync(task, task.Containers[0], Cancellation);
        var images = services.GetRequiredService<IImageStore>();
        try
        {
            var digest = await images.ResolveDigestAsync(image, login, Cancellation);
            await images.PullAsync(image, digest, login, null, Cancellation);

            Assert.StartsWith("sha256:", digest, StringComparison.Ordinal);
            Assert.NotNull(await images.FindAsync(image, Cancellation));
            Assert.Single(aws.Requests);
        }
        finally
        {
            await docker.Images.DeleteAsync(image, Cancellation);
        }
    }

    [Theory]
    [InlineData("asm")]
    [InlineData("ecr")]
    public async Task Pull_WithAWrongLogin_FailsAtOnceTellsNoSecretAndDoesNotFallBackToTheMachinesOwn(string type)
    {
        await using var registry = await LocalRegistry.StartAsync(guarded: true, Cancellation);
        var image = await registry.AddAsync("guarded/app", "1", "content", Cancellation);
        await using var aws = await AwsAsync(Wrong);
        await using var services = With(aws, registry.Host);
        var task = Prepared(services, image, Authentication(type));
        await services.GetRequiredService<TaskSecrets>().FetchRegistryCredentialsAsync(task, Cancellation);
        var login = await services.GetRequiredService<RegistryAccess>().LoginForAsync(task, task.Containers[0], Cancellation);
        var images = services.GetRequiredService<IImageStore>();

        var lookUp = await Assert.ThrowsAsync<RuntimeException>(() => images.ResolveDigestAsync(image, login, Cancellation));
        var pull = await Assert.ThrowsAsync<RuntimeException>(() => images.PullAsync(image, null, login, null, Cancellation));

        Assert.StartsWith("CannotPullImageManifestError: Error response from daemon: ", lookUp.Message, StringComparison.Ordinal);
        Assert.Equal((RuntimeFailureKind.Permanent, RuntimeFailureKind.Permanent), (lookUp.Kind, pull.Kind));
        Assert.DoesNotContain(Wrong, lookUp.ToString() + pull, StringComparison.Ordinal);
        Assert.Null(await images.FindAsync(image, Cancellation));
    }

    private static RegistryAuthentication Authentication(string type) => type == "asm"
        ? new RegistryAuthentication.SecretsManager { CredentialsParameter = "registry-login", Region = "eu-west-1" }
        : new RegistryAuthentication.Ecr { RegistryId = "111122223333", Region = "eu-west-1", UseExecutionRole = true };

    private static TaskDefinition Prepared(IServiceProvider services, string image, RegistryAuthentication authentication)
    {
        const string arn = "arn:aws:ecs:eu-west-1:111122223333:task/lab/00ff";
        services.GetRequiredService<TaskCredentials>().Keep(
            arn,
            TaskRole.Execution,
            new RoleCredentials { CredentialsId = "exec-1", AccessKeyId = "ASIAROLE", SecretAccessKey = "not-a-real-secret" });
        return new TaskDefinition
        {
            Arn = arn,
            Family = "f",
            Version = "1",
            ExecutionCredentialsId = "exec-1",
            Containers = [new ContainerDefinition { Name = "app", Image = image, RegistryAuthentication = authentication }],
        };
    }

    private static Task<AwsStandIn> AwsAsync(string password) => AwsStandIn.StartAsync(
        new() { ["ASIAROLE"] = "not-a-real-secret" },
        request => (200, request.Headers["X-Amz-Target"].StartsWith("secretsmanager", StringComparison.Ordinal)
            ? $$"""{"SecretString":"{\"username\":\"{{LocalRegistry.Username}}\",\"password\":\"{{password}}\"}"}"""
            : $$"""{"authorizationData":[{"authorizationToken":"{{TokenOf(password)}}","expiresAt":4102444800}]}"""));

    /// <summary>The machine's own login for that registry is the right one, so that a fall-back to it would show.</summary>
    private static ServiceProvider With(AwsStandIn aws, string registry)
    {
        var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IIdentifiers>(new FixedIdentifiers())
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        var options = DockerEngine.Options with
        {
            RegistryLogins = RegistryLogins.Of(
                [new(registry, new RegistryLogin { Username = LocalRegistry.Username, Password = LocalRegistry.Password })]),
        };
        services.AddAwsServices(new Dictionary<string, string> { ["AWS_ENDPOINT_URL"] = aws.Endpoint.ToString() }, Agents.Build);
        services.AddEcsAgentApplication(options);
        return services.AddDockerRuntime().BuildServiceProvider();
    }

    private static string TokenOf(string password) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{LocalRegistry.Username}:{password}"));
}
