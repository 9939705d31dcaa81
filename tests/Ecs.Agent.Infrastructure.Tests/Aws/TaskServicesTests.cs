using System.Text;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registries;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Secrets;
using Ecs.Agent.Infrastructure.Aws;
using Ecs.Agent.Infrastructure.Tests.ControlPlane;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.Aws;

/// <summary>What is said to AWS on behalf of tasks, as a service that checks signatures hears it.</summary>
public sealed class TaskServicesTests : IAsyncDisposable
{
    private const string RoleKey = "ASIAROLE", InstanceKey = "AKIDINSTANCE", Secret = "not-a-real-secret";
    private const string SecretArn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1b2c3";

    private static readonly RoleCredentials Role = new()
    {
        CredentialsId = "exec-1",
        RoleArn = "role/a",
        AccessKeyId = RoleKey,
        SecretAccessKey = Secret,
        SessionToken = "tok/en+1==",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-agent-aws-").FullName;
    private readonly List<IAsyncDisposable> _used = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Parameters_AreAskedForByTheirNamesAndFoundUnderAllOfThem(bool asRole)
    {
        var (aws, services) = await StartAsync(_ => (200, """
            {"Parameters":[
              {"Name":"/db/password","ARN":"arn:aws:ssm:eu-west-1:1:parameter/db/password","Value":"hunter2","Version":3},
              {"Name":"pinned","ARN":"arn:aws:ssm:eu-west-1:1:parameter/pinned","Selector":":3","Value":"old"}],
             "InvalidParameters":["nope"]}
            """));

        var answer = await services.GetRequiredService<IParameterStore>().GetParametersAsync(
            "eu-west-1", ["/db/password", "pinned:3", "nope"], asRole ? Role : null, Cancellation);

        Assert.Equal(["nope"], answer.InvalidNames);
        Assert.Equal(
            ("hunter2", "hunter2", "old", "old"),
            (answer.Values["/db/password"], answer.Values["arn:aws:ssm:eu-west-1:1:parameter/db/password"], answer.Values["pinned:3"],
                answer.Values["arn:aws:ssm:eu-west-1:1:parameter/pinned:3"]));
        var request = Assert.Single(aws.Requests);
        Assert.Equal(("POST", "/"), (request.Method, request.Target));
        Assert.Equal("AmazonSSM.GetParameters", request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.1", request.Headers["Content-Type"]);
        Assert.Equal("""{"Names":["/db/password","pinned:3","nope"],"WithDecryption":true}""", request.Body);
        Assert.Equal("eu-west-1/ssm", AwsStandIn.ScopeOf(request));
        Assert.Contains(asRole ? RoleKey : InstanceKey, request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal(asRole ? Role.SessionToken : null, request.Headers.GetValueOrDefault("X-Amz-Security-Token"));
    }

    [Theory]
    [InlineData(SecretArn, "", "", $$"""{"SecretId":"{{SecretArn}}"}""")]
    [InlineData(SecretArn, "AWSPREVIOUS", "", $$"""{"SecretId":"{{SecretArn}}","VersionStage":"AWSPREVIOUS"}""")]
    [InlineData("registry-login", "", "id-1", """{"SecretId":"registry-login","VersionId":"id-1"}""")]
    public async Task Secret_IsAskedForInItsVersion(string id, string stage, string version, string body)
    {
        var (aws, services) = await StartAsync(_ => (200, """{"ARN":"a","Name":"n","SecretString":"s3cret"}"""));

        var text = await services.GetRequiredService<ISecretsManager>()
            .GetSecretAsync("us-east-2", new ManagedSecretName(id, "ignored", stage, version), Role, Cancellation);

        Assert.Equal("s3cret", text);
        var request = Assert.Single(aws.Requests);
        Assert.Equal(("secretsmanager.GetSecretValue", body), (request.Headers["X-Amz-Target"], request.Body));
        Assert.Equal("us-east-2/secretsmanager", AwsStandIn.ScopeOf(request));
    }

    [Fact]
    public async Task Secret_ThatIsBinary_HasNoText()
    {
        var (_, services) = await StartAsync(_ => (200, """{"Name":"n","SecretBinary":"AAEC"}"""));

        Assert.Null(await services.GetRequiredService<ISecretsManager>().GetSecretAsync("eu-west-1", new("n"), Role, Cancellation));
    }

    [Theory]
    [InlineData(400, """{"__type":"ResourceNotFoundException","Message":"Secrets Manager can't find the specified secret."}""", 1,
        "ResourceNotFoundException: Secrets Manager can't find the specified secret.", true)]
    [InlineData(400, """{"__type":"com.amazonaws#AccessDeniedException","Message":"not you"}""", 1,
        "AccessDeniedException: not you", false)]
    [InlineData(400, """{"__type":"ThrottlingException","message":"slow down"}""", 3, "ThrottlingException: slow down", false)]
    [InlineData(500, "{}", 3, "Http500: the service answered HTTP 500", false)]
    [InlineData(200, "not json: s3cret", 1, "SerializationError: GetSecretValue: the answer is not the JSON it should be", false)]
    public async Task Refusal_IsToldInTheServicesWordsAndRepeatedOnlyWhereThatMayHelp(
        int status, string body, int attempts, string message, bool notFound)
    {
        var (aws, services) = await StartAsync(_ => (status, body));

        var failure = await Assert.ThrowsAsync<SecretStoreException>(
            () => services.GetRequiredService<ISecretsManager>().GetSecretAsync("eu-west-1", new("n"), Role, Cancellation));

        Assert.Equal((message, notFound), (failure.Message, failure.NotFound));
        Assert.Equal(attempts, aws.Requests.Count);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signature_ByAnotherSecret_IsRefusedByTheStandIn()
    {
        var (_, services) = await StartAsync(_ => (200, "{}"));

        var failure = await Assert.ThrowsAsync<SecretStoreException>(() => services.GetRequiredService<ISecretsManager>().GetSecretAsync(
            "eu-west-1", new("n"), Role with { SecretAccessKey = "another" }, Cancellation));

        Assert.StartsWith("InvalidSignatureException: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_ThatIsCut_IsTriedAgain()
    {
        var calls = 0;
        var (aws, services) = await StartAsync(_ => Interlocked.Increment(ref calls) == 1 ? (0, "") : (200, """{"SecretString":"v"}"""));

        Assert.Equal("v", await services.GetRequiredService<ISecretsManager>().GetSecretAsync("eu-west-1", new("n"), Role, Cancellation));

        Assert.Equal(2, aws.Requests.Count);
    }

    [Fact]
    public async Task Role_WithoutKeys_IsNotReplacedByTheInstance()
    {
        var (aws, services) = await StartAsync(_ => (200, "{}"));

        var failure = await Assert.ThrowsAsync<SecretStoreException>(() => services.GetRequiredService<ISecretsManager>().GetSecretAsync(
            "eu-west-1", new("n"), Role with { AccessKeyId = "" }, Cancellation));

        Assert.Equal("NoCredentialProviders: the control plane sent no keys for the role role/a", failure.Message);
        Assert.Empty(aws.Requests);
    }

    [Fact]
    public async Task EcrToken_IsAskedForAtTheOverriddenEndpointAndTakenApart()
    {
        var (aws, services) = await StartAsync(_ => (200, Token("AWS:pass:word")), environment: []);
        var registry = new RegistryAuthentication.Ecr
        {
            RegistryId = "111122223333",
            Region = "cn-north-1",
            EndpointOverride = aws.Endpoint.ToString().TrimEnd('/'),
            UseExecutionRole = true,
        };

        var token = await services.GetRequiredService<IEcrTokens>().GetAuthorizationTokenAsync(registry, Role, Cancellation);

        Assert.Equal(
            ("AWS", "pass:word", "https://111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn"),
            (token.Login.Username, token.Login.Password, token.Login.ServerAddress));
        Assert.Equal(new DateTimeOffset(2031, 5, 1, 12, 0, 0, 500, TimeSpan.Zero), token.ExpiresAt);
        var request = Assert.Single(aws.Requests);
        Assert.Equal("AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken", request.Headers["X-Amz-Target"]);
        Assert.Equal("""{"registryIds":["111122223333"]}""", request.Body);
        Assert.Equal("cn-north-1/ecr", AwsStandIn.ScopeOf(request));
        Assert.DoesNotContain("word", token.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"authorizationData":[]}""")]
    [InlineData("""{}""")]
    [InlineData("""{"authorizationData":[{"authorizationToken":"!!"}]}""")]
    [InlineData("""{"authorizationData":[{"authorizationToken":"bm9jb2xvbg=="}]}""")]
    public async Task EcrToken_ThatIsNone_IsRefused(string body)
    {
        var (_, services) = await StartAsync(_ => (200, body));

        var ecr = services.GetRequiredService<IEcrTokens>();

        var failure = await Assert.ThrowsAsync<SecretStoreException>(() => ecr.GetAuthorizationTokenAsync(
            new RegistryAuthentication.Ecr { RegistryId = "1", Region = "eu-west-1" }, Role, Cancellation));

        Assert.Equal("GetAuthorizationToken: the answer holds no token for registry 1", failure.Message);
    }

    [Fact]
    public async Task EnvironmentFile_IsDownloadedFromItsBucketsRegionIntoTheTasksFolder()
    {
        var (aws, services) = await StartAsync(request => request.Method == "HEAD" ? (301, "") : (200, "A=1\nÜ=2"));
        aws.BucketRegion = "ap-south-2";
        var store = services.GetRequiredService<IEnvironmentFileStore>();
        var task = new TaskFolder("lab", "00ff");
        var file = new S3ObjectName("my.bucket", "conf/app+x ü.env");

        var text = await store.DownloadAsync(task, file, Role, Cancellation);
        await store.DownloadAsync(task, file, null, Cancellation);

        Assert.Equal("A=1\nÜ=2", text);
        Assert.Equal(
            [("HEAD", "/my.bucket/"), ("GET", "/my.bucket/conf/app%2Bx%20%C3%BC.env"), ("GET", "/my.bucket/conf/app%2Bx%20%C3%BC.env")],
            aws.Requests.Select(request => (request.Method, request.Target)));
        Assert.Equal(["eu-test-1/s3", "ap-south-2/s3", "ap-south-2/s3"], aws.Requests.Select(AwsStandIn.ScopeOf));
        Assert.All(aws.Requests, request => Assert.True(request.Headers.ContainsKey("x-amz-content-sha256")));
        var path = Path.Combine(_folder, "envfiles/lab/00ff/my.bucket/conf/app+x ü.env");
        Assert.Equal("A=1\nÜ=2", await File.ReadAllTextAsync(path, Cancellation));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.Combine(_folder, "envfiles/lab/00ff")));
        Assert.Equal(
            [Path.Combine(_folder, "envfiles/lab/00ff/my.bucket")],
            Directory.GetFileSystemEntries(Path.Combine(_folder, "envfiles/lab/00ff")));

        await store.RemoveAsync(task, Cancellation);
        await store.RemoveAsync(task, Cancellation);

        Assert.False(Directory.Exists(Path.Combine(_folder, "envfiles/lab/00ff")));
    }

    [Theory]
    [InlineData("HEAD", 404, "", 1, "NoSuchBucket: there is no bucket b", true)]
    [InlineData("HEAD", 403, "", 1, "Http403: S3 does not say in which region the bucket b is", false)]
    [InlineData("GET", 404, "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>k</Key></Error>", 2,
        "NoSuchKey: The specified key does not exist.", true)]
    [InlineData("GET", 403, "<Error><Code>AccessDenied</Code><Message>User: &quot;x&quot; may not</Message></Error>", 2,
        "AccessDenied: User: \"x\" may not", false)]
    [InlineData("GET", 503, "<Error><Code>SlowDown</Code><Message>Please</Message></Error>", 4, "SlowDown: Please", false)]
    [InlineData("GET", 500, "", 4, "Http500: S3 answered HTTP 500", false)]
    public async Task EnvironmentFile_ThatCannotBeHad_SaysWhyAndLeavesNothing(
        string method, int status, string body, int requests, string message, bool notFound)
    {
        var (aws, services) = await StartAsync(request => request.Method == method ? (status, body) : (200, ""));

        var failure = await Assert.ThrowsAsync<SecretStoreException>(() => services.GetRequiredService<IEnvironmentFileStore>()
            .DownloadAsync(new("lab", "00ff"), new("b", "k"), Role, Cancellation));

        Assert.Equal((message, notFound), (failure.Message, failure.NotFound));
        Assert.Equal(requests, aws.Requests.Count);
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "envfiles"), "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("..", "00ff")]
    [InlineData("lab", "..")]
    [InlineData("", "00ff")]
    public async Task TaskFolder_ThatLeadsElsewhere_IsRefused(string cluster, string id)
    {
        var (aws, services) = await StartAsync(_ => (200, ""));
        var store = services.GetRequiredService<IEnvironmentFileStore>();

        await Assert.ThrowsAsync<SecretStoreException>(() => store.DownloadAsync(new(cluster, id), new("b", "k"), Role, Cancellation));
        await Assert.ThrowsAsync<SecretStoreException>(async () => await store.RemoveAsync(new(cluster, id), Cancellation));
        Assert.Empty(aws.Requests);
    }

    [Fact]
    public async Task EnvironmentFile_WhereNothingCanBeWritten_SaysWhy()
    {
        var (_, services) = await StartAsync(_ => (200, "A=1"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "envfiles"), "a file where a directory belongs", Cancellation);

        await Assert.ThrowsAsync<SecretStoreException>(() => services.GetRequiredService<IEnvironmentFileStore>()
            .DownloadAsync(new("lab", "00ff"), new("b", "k"), Role, Cancellation));
    }

    [Fact]
    public async Task EnvironmentFile_OfAnAgentThatKeepsNoStateAndHasNoDataDirectory_IsFetchedAllTheSame()
    {
        var (_, services) = await StartAsync(_ => (200, "A=1"), checkpoint: false);
        await File.WriteAllTextAsync(Path.Combine(_folder, "envfiles"), "a file where a directory belongs", Cancellation);
        var store = services.GetRequiredService<IEnvironmentFileStore>();

        Assert.Equal("A=1", await store.DownloadAsync(new("lab", "00ff"), new("b", "k"), Role, Cancellation));
        await store.RemoveAsync(new("lab", "00ff"), Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var used in _used)
        {
            await used.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<(AwsStandIn Aws, ServiceProvider Services)> StartAsync(
        Func<RecordedRequest, (int Status, string Body)> answer, Dictionary<string, string>? environment = null, bool checkpoint = true)
    {
        var aws = await AwsStandIn.StartAsync(new() { [RoleKey] = Secret, [InstanceKey] = Secret + "-2" }, answer);
        environment ??= new() { ["AWS_ENDPOINT_URL"] = aws.Endpoint.ToString() };
        environment["AWS_ACCESS_KEY_ID"] = InstanceKey;
        environment["AWS_SECRET_ACCESS_KEY"] = Secret + "-2";
        var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IIdentifiers>(new FixedIdentifiers())
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(new AgentOptions { Region = "eu-test-1", External = true, DataDirectory = _folder, Checkpoint = checkpoint })
            .AddAwsServices(environment, Agents.Build)
            .BuildServiceProvider();
        _used.AddRange([services, aws]);
        return (aws, services);
    }

    private static string Token(string pair) =>
        $$"""
        {"authorizationData":[{"authorizationToken":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}}","expiresAt":1935403200.5,
          "proxyEndpoint":"https://111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn"}]}
        """;
}
