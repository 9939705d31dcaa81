using System.Collections.Immutable;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>Where the instance's credentials may come from, in order.</summary>
internal static class CredentialsChain
{
    /// <summary>The file that a machine outside EC2 has its rotating credentials written to.</summary>
    public const string RotatingCredentialsFile = "/rotatingcreds/credentials";

    // The SDK's own objects refresh themselves; asking them again is cheap.
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(1);

    /// <summary>On EC2: the SDK's default chain, then the rotating file.</summary>
    public static ImmutableArray<CredentialsSource> Ec2(IReadOnlyDictionary<string, string> environment, string rotatingProfile) =>
    [
        FromEnvironment(environment),
        new("the SDK's default chain", Refresh, FromDefaultChainAsync),
        FromFile("the rotating credentials file", RotatingCredentialsFile, rotatingProfile),
    ];

    /// <summary>Outside EC2: the environment, the rotating file, the shared file, the EC2 role.</summary>
    public static ImmutableArray<CredentialsSource> External(IReadOnlyDictionary<string, string> environment, string rotatingProfile) =>
    [
        FromEnvironment(environment),
        FromFile("the rotating credentials file", RotatingCredentialsFile, rotatingProfile),
        FromFile("the shared credentials file", SharedFile(environment), SharedProfile(environment)),
        new("the EC2 role", Refresh, async _ => await new InstanceProfileAWSCredentials().GetCredentialsAsync()),
    ];

    /// <summary>
    /// <c>AWS_ACCESS_KEY_ID</c> and <c>AWS_SECRET_ACCESS_KEY</c> (or their old names <c>AWS_ACCESS_KEY</c>, <c>AWS_SECRET_KEY</c>); one
    /// without the other counts as none.
    /// </summary>
    internal static CredentialsSource FromEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        var key = First(environment, "AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY");
        var secret = First(environment, "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY");
        var token = First(environment, "AWS_SESSION_TOKEN");
        var credentials = key is null || secret is null ? null : new ImmutableCredentials(key, secret, token ?? "");
        return new("the environment", TimeSpan.MaxValue, _ => Task.FromResult(credentials));
    }

    internal static CredentialsSource FromFile(string name, string path, string profile) =>
        new(name, Refresh, _ => Task.FromResult(ReadFile(path, profile)));

    private static ImmutableCredentials? ReadFile(string path, string profile)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        return new SharedCredentialsFile(path).TryGetProfile(profile, out var found)
            && AWSCredentialsFactory.TryGetAWSCredentials(found, null, out var credentials)
                ? credentials.GetCredentials()
                : null;
    }

    private static async Task<ImmutableCredentials?> FromDefaultChainAsync(CancellationToken cancellationToken)
    {
        var resolver = new DefaultAWSCredentialsIdentityResolver();
        var credentials = await resolver.ResolveIdentityAsync(null, cancellationToken);
        return credentials is null ? null : await credentials.GetCredentialsAsync();
    }

    private static string SharedFile(IReadOnlyDictionary<string, string> environment) =>
        First(environment, "AWS_SHARED_CREDENTIALS_FILE") ?? SharedCredentialsFile.DefaultFilePath;

    private static string SharedProfile(IReadOnlyDictionary<string, string> environment) =>
        First(environment, "AWS_PROFILE", "AWS_DEFAULT_PROFILE") ?? "default";

    private static string? First(IReadOnlyDictionary<string, string> environment, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (environment.TryGetValue(name, out var value) && value.Length > 0)
            {
                return value;
            }
        }

        return null;
    }
}
