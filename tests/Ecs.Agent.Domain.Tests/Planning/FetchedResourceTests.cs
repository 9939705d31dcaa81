using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Resources;
using Ecs.Agent.Domain.Secrets;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.Planning;

/// <summary>What is fetched from AWS before a container may go on: which step waits for it, and for whose credentials it waits itself.</summary>
public sealed class FetchedResourceTests
{
    private static readonly ContainerDefinition Plain = Container("app");

    public static TheoryData<string, ContainerDefinition, ContainerStatus> Gates { get; } = new()
    {
        { "registry logins", Plain with { RegistryAuthentication = AsmLogin }, ContainerStatus.None },
        { "parameters", Plain with { Secrets = [Secret(SecretProvider.ParameterStore)] }, ContainerStatus.Pulled },
        { "secrets", Plain with { Secrets = [Secret(SecretProvider.SecretsManager)] }, ContainerStatus.Pulled },
        { "environment files of app", Plain with { EnvironmentFiles = [new EnvironmentFile("arn:aws:s3:::b/k")] }, ContainerStatus.Pulled },
    };

    private static RegistryAuthentication AsmLogin => new RegistryAuthentication.SecretsManager { CredentialsParameter = "arn:x" };

    [Theory]
    [MemberData(nameof(Gates))]
    public void Plan_ContainerThatNeedsWhatIsFetched_WaitsAtItsStep(string key, ContainerDefinition container, ContainerStatus stuckAt)
    {
        var task = Admitted(Definition(container, Container("other"))).Granted();

        Assert.Equal([key], task.Resources.Select(r => r.Key));
        Assert.Contains(task.Plan().Steps, step => step is TaskStep.ProvisionResource { Resource.Key: var k } && k == key);
        Assert.DoesNotContain("other", task.Plan().Blocked.Keys);
        task = UpTo(task, stuckAt);
        Assert.Equal(new BlockedOn.Resource(key), task.Plan().Blocked["app"]);

        var ready = task.Apply(new TaskEvent.ResourceReady(T0, key)).Plan();
        Assert.DoesNotContain("app", ready.Blocked.Keys);
        Assert.Contains(ready.Steps, step => step.Subject == "app");
    }

    [Theory]
    [MemberData(nameof(Gates))]
    public void Plan_ExecutionRoleWithoutCredentials_WaitsForThemAndFetchesNothing(
        string key, ContainerDefinition container, ContainerStatus stuckAt)
    {
        var task = UpTo(Admitted(Definition(container) with { ExecutionCredentialsId = "id" }).Granted(), stuckAt);

        var without = TaskPlanner.Plan(task, Context(hasCredentials: false));
        var with = TaskPlanner.Plan(task, Context(hasCredentials: true));

        Assert.Equal(BlockedOn.Credentials.OfExecution, without.Blocked["app"]);
        Assert.DoesNotContain(without.Steps, step => step is TaskStep.ProvisionResource);
        Assert.Contains(with.Steps, step => step is TaskStep.ProvisionResource { Resource.Key: var k } && k == key);
    }

    [Fact]
    public void Plan_ImageInEcrAsTheExecutionRole_WaitsForItsCredentials()
    {
        var login = new RegistryAuthentication.Ecr { RegistryId = "1", Region = "r", UseExecutionRole = true };
        var task = Admitted(Definition(Plain with { RegistryAuthentication = login }) with { ExecutionCredentialsId = "id" }).Granted();

        Assert.Empty(task.Resources);
        Assert.Equal(BlockedOn.Credentials.OfExecution, TaskPlanner.Plan(task, Context(hasCredentials: false)).Blocked["app"]);
        Assert.Contains(TaskPlanner.Plan(task, Context(hasCredentials: true)).Steps, step => step is TaskStep.ResolveManifest);
    }

    [Fact]
    public void Plan_LogsAsTheExecutionRole_WaitForItsCredentialsBeforeCreation()
    {
        var task = UpTo(
            Admitted(Definition(Plain with { LogsAuthStrategy = LogsAuthStrategy.ExecutionRole }) with { ExecutionCredentialsId = "id" }).Granted(),
            ContainerStatus.Pulled);

        Assert.Equal(BlockedOn.Credentials.OfExecution, TaskPlanner.Plan(task, Context(hasCredentials: false)).Blocked["app"]);
        Assert.Contains(TaskPlanner.Plan(task, Context(hasCredentials: true)).Steps, step => step is TaskStep.CreateContainer);
    }

    [Fact]
    public void Recovered_ValuesThatWereInMemory_AreFetchedAgainOnlyWhereTheyAreStillNeeded()
    {
        var task = Admitted(Definition(
                Plain with { Secrets = [Secret(SecretProvider.SecretsManager)] },
                Container("waits", dependsOn: [On("app", DependencyCondition.Complete)]) with { Secrets = [Secret(SecretProvider.ParameterStore)] }))
            .Granted()
            .Apply(new TaskEvent.ResourceReady(T0, "secrets"))
            .Apply(new TaskEvent.ResourceReady(T0, "parameters"))
            .Up("app");

        task = task.Apply(new TaskEvent.Recovered(T0));

        Assert.All(task.Resources, r => Assert.Equal(ResourceStatus.None, r.Status));
        Assert.Equal(["parameters"], task.Plan().Steps.OfType<TaskStep.ProvisionResource>().Select(step => step.Resource.Key));
    }

    [Fact]
    public void Plan_StoppingTask_FetchesNothing() => Assert.DoesNotContain(
        Admitted(Definition(Plain with { Secrets = [Secret(SecretProvider.SecretsManager)] })).Granted().StopRequested().Plan().Steps,
        step => step is TaskStep.ProvisionResource);

    [Fact]
    public void ResourceFailed_OfASecret_IsTheTasksReason()
    {
        var task = Admitted(Definition(Plain with { Secrets = [Secret(SecretProvider.SecretsManager)] })).Granted();

        task = task.Apply(new TaskEvent.ResourceFailed(T0, "secrets", "Retrieved secret from Secrets Manager did not contain json key zz"));

        Assert.Equal(new StopCause.Resource(T0, "secrets"), task.StopCause);
        Assert.Equal("Retrieved secret from Secrets Manager did not contain json key zz", task.TerminalReason);
    }

    private static SecretReference Secret(SecretProvider provider) => new() { Name = "PASSWORD", ValueFrom = "arn:x", Provider = provider };

    private static EcsTask UpTo(EcsTask task, ContainerStatus status) => status == ContainerStatus.None
        ? task
        : task.Apply(new TaskEvent.ManifestResolved(T0, "app", "sha256:d", PullRequired: true)).Apply(new TaskEvent.ImagePulled(T0, "app"));

    private static PlanningContext Context(bool hasCredentials) =>
        new() { Now = T0, Policy = Policy, HasExecutionCredentials = hasCredentials };
}
