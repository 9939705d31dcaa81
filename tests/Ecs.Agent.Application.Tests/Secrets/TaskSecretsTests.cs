using System.Collections.Immutable;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Secrets;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Application.Tests.Secrets;

public sealed class TaskSecretsTests
{
    private const string SecretArn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1b2c3";
    private const string Missing = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:gone-a1b2c3";
    private const string Denied = "AccessDeniedException: not you";

    private static readonly RegistryAuthentication.SecretsManager Place =
        new() { CredentialsParameter = "registry-login", Region = "eu-west-1" };

    private readonly FakeStores _stores = new();
    private readonly TaskCredentials _credentials = new();
    private readonly TaskSecrets _secrets;

    public TaskSecretsTests()
    {
        _secrets = new TaskSecrets(
            _stores, _stores, _stores, _credentials, new AgentOptions { Region = "eu-test-1" }, NullLogger<TaskSecrets>.Instance);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parameters_AreFetchedAsTheExecutionRoleAndGivenToTheirContainers()
    {
        _stores.Parameters["/db/password"] = "hunter2";
        _stores.Parameters["token"] = "abc";
        var task = WithRole(TaskOf(
            Container("a", Parameter("PASSWORD", "/db/password"), Parameter("TOKEN", "token") with { Use = SecretUse.LogOption }),
            Container("b", Parameter("PW", "/db/password"))));

        Assert.Null(_secrets.ValuesOf(task, "a"));
        var outcome = await _secrets.FetchParametersAsync(task, Cancellation);

        Assert.True(outcome.Succeeded);
        Assert.Equal(["exec-1 parameters eu-west-1 /db/password,token"], _stores.Calls);
        Assert.Equal("PASSWORD=hunter2", Text(_secrets.ValuesOf(task, "a")!.SecretVariables));
        Assert.Equal("TOKEN=abc", Text(_secrets.ValuesOf(task, "a")!.LogOptions));
        Assert.Equal("PW=hunter2", Text(_secrets.ValuesOf(task, "b")!.SecretVariables));
    }

    [Fact]
    public async Task Parameter_ThatIsNeitherGivenNorRefused_IsTheEmptyText()
    {
        var task = TaskOf(Container("a", Parameter("V", "silent")));

        Assert.True((await _secrets.FetchParametersAsync(task, Cancellation)).Succeeded);

        Assert.Equal("V=", Text(_secrets.ValuesOf(task, "a")!.SecretVariables));
    }

    [Theory]
    [InlineData("eu-west-9", "p", "eu-west-9")]
    [InlineData("", "arn:aws:ssm:us-east-1:111122223333:parameter/p", "us-east-1")]
    [InlineData("", "p", "eu-test-1")]
    public async Task Parameter_IsAskedForInItsRegion(string region, string valueFrom, string asked)
    {
        _stores.Parameters[valueFrom] = "v";
        var task = TaskOf(Container("a", Parameter("V", valueFrom) with { Region = region }));

        await _secrets.FetchParametersAsync(task, Cancellation);

        Assert.Equal([$"instance parameters {asked} {valueFrom}"], _stores.Calls);
        Assert.Equal("V=v", Text(_secrets.ValuesOf(task, "a")!.SecretVariables));
    }

    [Fact]
    public async Task Parameters_ThatDoNotExist_AreTheTasksReason()
    {
        var task = TaskOf(Container("a", Parameter("A", "nope"), Parameter("B", "nix")));

        var outcome = await _secrets.FetchParametersAsync(task, Cancellation);

        Assert.Equal("Fetching secret data from SSM Parameter Store in eu-west-1: invalid parameters: nope,nix", outcome.Failure);
        Assert.Null(_secrets.ValuesOf(task, "a"));
    }

    [Fact]
    public async Task ManagedSecrets_AreFetchedOncePerValueFrom()
    {
        _stores.Secrets[SecretArn] = """{"user":"root","port":5432}""";
        var task = WithRole(TaskOf(Container(
            "a",
            Managed("ALL", SecretArn),
            Managed("USER", SecretArn + ":user::"),
            Managed("PORT", SecretArn + ":port:AWSPREVIOUS:id-1"),
            Managed("AGAIN", SecretArn + ":user::"))));

        Assert.True((await _secrets.FetchManagedSecretsAsync(task, Cancellation)).Succeeded);

        Assert.Equal(
            ["", "", " AWSPREVIOUS id-1"],
            _stores.Calls.Order().Select(call => call.Replace($"exec-1 secret eu-west-1 {SecretArn}", "", StringComparison.Ordinal)));
        Assert.Equal(
            """AGAIN=root|ALL={"user":"root","port":5432}|PORT=5432|USER=root""", Text(_secrets.ValuesOf(task, "a")!.SecretVariables));
    }

    public static TheoryData<string, string?, string> SecretFailures { get; } = new()
    {
        // valueFrom, the secret's text, the task's reason
        { "db", null, "Trying to retrieve secret with value db resulted in error: arn: invalid prefix" },
        { SecretArn + ":zz::", "{}", "Retrieved secret from Secrets Manager did not contain json key zz" },
        { SecretArn + ":zz::", "plain", $"Secret {SecretArn}: the value of the secret is not a JSON object" },
        { SecretArn, null, $"Secret {SecretArn}: it holds binary data, and only text can be given to a container" },
        {
            Missing + ":k::", null,
            $"ResourceNotFoundException: The task can't retrieve the secret with ARN '{Missing}' from AWS Secrets Manager. "
            + "Check whether the secret exists in the specified Region: ResourceNotFoundException: no such secret"
        },
    };

    [Theory]
    [MemberData(nameof(SecretFailures))]
    public async Task ManagedSecret_ThatCannotBeHad_IsTheTasksReason(string valueFrom, string? text, string reason)
    {
        _stores.Secrets[SecretArn] = text;

        var outcome = await _secrets.FetchManagedSecretsAsync(TaskOf(Container("a", Managed("V", valueFrom))), Cancellation);

        Assert.Equal(reason, outcome.Failure);
    }

    [Fact]
    public async Task ManagedSecrets_WithSeveralFailures_TellsAllInTheirOrder()
    {
        _stores.Secrets[SecretArn] = "{}";
        var task = TaskOf(Container("a", Managed("A", SecretArn + ":b::"), Managed("B", "x"), Managed("C", SecretArn)));

        var outcome = await _secrets.FetchManagedSecretsAsync(task, Cancellation);

        Assert.Equal(
            "Retrieved secret from Secrets Manager did not contain json key b;"
            + "trying to retrieve secret with value x resulted in error: arn: invalid prefix",
            outcome.Failure);
    }

    [Fact]
    public async Task RegistryLogin_IsFetchedOncePerPlaceAndOnlyForWhoNamesIt()
    {
        _stores.Secrets["registry-login"] = """{"username":"u","password":"p"}""";
        var task = WithRole(TaskOf(
            Container("a") with { RegistryAuthentication = Place },
            Container("b") with { RegistryAuthentication = Place },
            Container("c")));

        Assert.Null(_secrets.LoginOf(task, task.Containers[0]));
        Assert.True((await _secrets.FetchRegistryCredentialsAsync(task, Cancellation)).Succeeded);

        Assert.Equal(["exec-1 secret eu-west-1 registry-login"], _stores.Calls);
        var logins = task.Containers.Select(container => _secrets.LoginOf(task, container));
        Assert.Equal([("u", "p"), ("u", "p"), (null, null)], logins.Select(login => (login?.Username, login?.Password)));
    }

    [Fact]
    public async Task EnvironmentFiles_AreMergedAndTakeTheirPlaceAmongTheVariables()
    {
        _stores.Files["b/first.env"] = "A=file1\nB=file1\nC=file1\nD=file1";
        _stores.Files["b/second.env"] = "D=file2\nE=file2";
        _stores.Parameters["p"] = "secret";
        var task = WithRole(TaskOf(Container("a", Parameter("B", "p")) with
        {
            EnvironmentFiles = [new("arn:aws:s3:::b/first.env"), new("arn:aws:s3:::b/second.env")],
        }));

        Assert.True((await _secrets.FetchEnvironmentFilesAsync(task, "a", Cancellation)).Succeeded);
        Assert.Null(_secrets.ValuesOf(task, "a"));
        Assert.True((await _secrets.FetchParametersAsync(task, Cancellation)).Succeeded);

        var values = _secrets.ValuesOf(task, "a")!;
        Assert.Equal(
            "A=file1|B=secret|C=definition|D=file1|E=file2",
            Text(values.Over(new EnvironmentVariables([new("B", "definition"), new("C", "definition")]))));
        Assert.Contains("exec-1 file lab/00ff b/first.env", _stores.Calls);
        Assert.DoesNotContain("secret", values.ToString().Replace("secrets", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "arn:aws:s3:::b/gone.env",
        "Unable to download env file with key gone.env from bucket b, error: NoSuchKey: The specified key does not exist.")]
    [InlineData("arn:aws:s3:::b/../../x", "Invalid path: bucket \"b\" key \"../../x\" escapes envfile resource directory")]
    [InlineData("b/x", "Unable to parse bucket and key from s3 ARN specified in environmentFile b/x")]
    public async Task EnvironmentFile_ThatCannotBeHad_IsTheTasksReason(string location, string reason)
    {
        var task = TaskOf(Container("a") with { EnvironmentFiles = [new(location)] });

        Assert.Equal(reason, (await _secrets.FetchEnvironmentFilesAsync(task, "a", Cancellation)).Failure);
    }

    [Fact]
    public async Task EnvironmentFiles_WithSeveralFailures_TellsAll()
    {
        var task = TaskOf(Container("a") with { EnvironmentFiles = [new("x"), new("y")] });

        Assert.Equal(
            "Unable to parse bucket and key from s3 ARN specified in environmentFile x;"
            + "unable to parse bucket and key from s3 ARN specified in environmentFile y",
            (await _secrets.FetchEnvironmentFilesAsync(task, "a", Cancellation)).Failure);
    }

    public static TheoryData<string, string?, string> Refusals { get; } = new()
    {
        // what is fetched, what AWS says (null: no credentials have come), the task's reason
        { "parameters", Denied, $"Fetching secret data from SSM Parameter Store in eu-west-1: {Denied}" },
        { "secrets", Denied, $"Secret {SecretArn}: {Denied}: {Denied}" },
        { "login", Denied, $"Asm fetching secret from the service for registry-login: {Denied}" },
        { "files", Denied, $"Unable to download env file with key app.env from bucket b, error: {Denied}" },
        { "parameters", null, "Ssm secret resource: unable to find execution role credentials" },
        { "secrets", null, "ASM secret resource: unable to find execution role credentials" },
        { "login", null, "ASM auth resource: unable to find execution role credentials" },
        { "files", null, "Environment file resource: unable to find execution role credentials" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Fetch_ThatIsRefused_IsTheTasksReason(string what, string? refusal, string reason)
    {
        var task = TaskOf(Container("a", Parameter("P", "p"), Managed("S", SecretArn)) with
        {
            EnvironmentFiles = [new("arn:aws:s3:::b/app.env")],
            RegistryAuthentication = Place,
        });
        _stores.Refusal = refusal;
        task = refusal is null ? task with { ExecutionCredentialsId = "exec-1" } : WithRole(task);

        var outcome = await (what switch
        {
            "parameters" => _secrets.FetchParametersAsync(task, Cancellation),
            "secrets" => _secrets.FetchManagedSecretsAsync(task, Cancellation),
            "login" => _secrets.FetchRegistryCredentialsAsync(task, Cancellation),
            _ => _secrets.FetchEnvironmentFilesAsync(task, "a", Cancellation),
        });

        Assert.Equal(reason, outcome.Failure);
        Assert.Equal(refusal is null ? 0 : 1, _stores.Calls.Count);
    }

    [Fact]
    public async Task Forget_DropsTheValuesAndRemovesTheFilesOfTheTaskAlone()
    {
        _stores.Parameters["p"] = "v";
        var task = TaskOf(Container("a", Parameter("P", "p")) with { EnvironmentFiles = [new("arn:aws:s3:::b/app.env")] });
        var other = TaskOf(Container("a", Parameter("P", "p"))) with { Arn = "arn:aws:ecs:eu-test-1:111122223333:task/other" };
        await _secrets.FetchParametersAsync(task, Cancellation);
        await _secrets.FetchParametersAsync(other, Cancellation);

        await _secrets.ForgetAsync(task, Cancellation);
        await _secrets.ForgetAsync(other, Cancellation);
        await _secrets.FetchParametersAsync(other, Cancellation);

        Assert.Null(_secrets.ValuesOf(task, "a"));
        Assert.NotNull(_secrets.ValuesOf(other, "a"));
        Assert.Equal(["remove lab/00ff"], _stores.Calls.Where(call => call.StartsWith("remove", StringComparison.Ordinal)));
    }

    [Fact]
    public void Container_ThatNeedsNothing_HasItsValuesAtOnce() =>
        Assert.Equal(ContainerValues.None, _secrets.ValuesOf(TaskOf(Container("a")), "a"));

    [Theory]
    [InlineData("arn:aws:ecs:eu-west-1:111122223333:task/lab/00ff", "lab", "00ff")]
    [InlineData("arn:aws:ecs:eu-west-1:111122223333:task/00ff", "default", "00ff")]
    public void Folder_OfATask_IsNamedByItsArn(string arn, string cluster, string id) =>
        Assert.Equal(new TaskFolder(cluster, id), TaskFolder.Of(arn));

    private TaskDefinition WithRole(TaskDefinition task)
    {
        _credentials.Keep(
            task.Arn,
            TaskRole.Execution,
            new RoleCredentials { CredentialsId = "exec-1", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = "not-a-real-secret" });
        return task with { ExecutionCredentialsId = "exec-1" };
    }

    private static TaskDefinition TaskOf(params ImmutableArray<ContainerDefinition> containers) => new()
    {
        Arn = "arn:aws:ecs:eu-test-1:111122223333:task/lab/00ff",
        Family = "f",
        Version = "1",
        Containers = containers,
    };

    private static ContainerDefinition Container(string name, params ImmutableArray<SecretReference> secrets) =>
        new() { Name = name, Image = "i", Secrets = secrets };

    private static SecretReference Parameter(string name, string valueFrom) =>
        new() { Name = name, ValueFrom = valueFrom, Region = "eu-west-1", Provider = SecretProvider.ParameterStore };

    private static SecretReference Managed(string name, string valueFrom) =>
        new() { Name = name, ValueFrom = valueFrom, Region = "eu-west-1", Provider = SecretProvider.SecretsManager };

    private static string Text(EnvironmentVariables variables) => string.Join('|', variables.Select(v => $"{v.Key}={v.Value}"));
}
