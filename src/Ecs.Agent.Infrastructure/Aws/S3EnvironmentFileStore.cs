using System.Collections.Concurrent;
using Amazon.Runtime;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Domain.Secrets;
using Polly;
using Polly.Retry;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>
/// Environment files out of S3, kept as <c>envfiles/cluster/task/bucket/key</c> below the data directory, readable by the agent alone. An
/// agent that
/// keeps no state and cannot write there, as one of a laptop's user, has a directory of its own for them that does not outlive their tasks.
/// </summary>
internal sealed class S3EnvironmentFileStore : IEnvironmentFileStore
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan DownloadTimeout = TimeSpan.FromSeconds(30);

    private readonly S3Client _s3;
    private readonly AwsCaller _caller;
    private readonly AwsRetries _retries;
    private readonly TimeProvider _time;
    private readonly string _agentRegion;
    private readonly bool _keepsState;
    private readonly Lazy<string> _root;
    private readonly ResiliencePipeline _renaming;
    private readonly ConcurrentDictionary<string, string> _regions = new(StringComparer.Ordinal);

    public S3EnvironmentFileStore(S3Client s3, AwsCaller caller, AwsRetries retries, AgentOptions options, TimeProvider time)
    {
        _s3 = s3;
        _caller = caller;
        _retries = retries;
        _time = time;
        _agentRegion = options.Region;
        _keepsState = options.Checkpoint;
        _root = new Lazy<string>(() => ChooseRoot(options));
        _renaming = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = 4,
                ShouldHandle = new PredicateBuilder().Handle<IOException>(),
                DelayGenerator = retry => ValueTask.FromResult<TimeSpan?>(
                    TimeSpan.FromMilliseconds(Math.Min(5000, 500 * Math.Pow(1.5, retry.AttemptNumber)))),
            })
            .Build();
    }

    public async Task<string> DownloadAsync(TaskFolder task, S3ObjectName file, RoleCredentials? role, CancellationToken cancellationToken)
    {
        var folder = FolderOf(task);
        var path = Path.Combine(folder, file.Bucket, file.Key);
        try
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnly | UnixFileMode.UserExecute);
            var temporary = Path.Combine(folder, $"tmp_env{Path.GetRandomFileName()}");
            try
            {
                await FetchAsync(file, role, temporary, cancellationToken);
                await _renaming.ExecuteAsync(
                    _ =>
                    {
                        File.Move(temporary, path, overwrite: true);
                        return ValueTask.CompletedTask;
                    },
                    cancellationToken);
            }
            finally
            {
                File.Delete(temporary);
            }

            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (AwsCallException e)
        {
            throw TaskServiceCalls.Translate(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SecretStoreException(e.Message, innerException: e);
        }
    }

    public Task RemoveAsync(TaskFolder task, CancellationToken cancellationToken)
    {
        if (!_keepsState && !_root.IsValueCreated)
        {
            // Nothing was ever downloaded.
            return Task.CompletedTask;
        }

        try
        {
            Directory.Delete(FolderOf(task), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SecretStoreException(e.Message, innerException: e);
        }

        return Task.CompletedTask;
    }

    /// <summary>All attempts together may take as long as one download.</summary>
    private async Task FetchAsync(S3ObjectName file, RoleCredentials? role, string path, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(DownloadTimeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var credentials = await _caller.CredentialsOfAsync(role, limit.Token);
            var region = await RegionOfAsync(file.Bucket, credentials, limit.Token);
            await _retries.RunAsync(
                async token =>
                {
                    await using var into = new FileStream(
                        path,
                        new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
                    await _s3.DownloadAsync(file, region, credentials, into, token);
                    return true;
                },
                limit.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AwsCallException(
                AwsErrors.RequestTimeout, $"not downloaded within {DownloadTimeout.TotalSeconds} s", null, late);
        }
    }

    /// <summary>A bucket stays where it is, so each is looked for once.</summary>
    private async Task<string> RegionOfAsync(string bucket, ImmutableCredentials credentials, CancellationToken cancellationToken)
    {
        if (_regions.TryGetValue(bucket, out var known))
        {
            return known;
        }

        var found = await _retries.RunAsync(token => _s3.FindRegionAsync(bucket, _agentRegion, credentials, token), cancellationToken);
        return _regions[bucket] = found;
    }

    /// <summary>Nothing that a control plane could write into an ARN leads elsewhere.</summary>
    private string FolderOf(TaskFolder task)
    {
        foreach (var part in (ReadOnlySpan<string>)[task.Cluster, task.TaskId])
        {
            if (part is "" or "." or ".." || part.Contains('/', StringComparison.Ordinal))
            {
                throw new SecretStoreException($"the task's ARN cannot name a directory: {part}");
            }
        }

        return Path.Combine(_root.Value, task.Cluster, task.TaskId);
    }

    private static string ChooseRoot(AgentOptions options)
    {
        var root = Path.Combine(options.DataDirectory, "envfiles");
        if (options.Checkpoint)
        {
            return root;
        }

        try
        {
            return Directory.CreateDirectory(root, OwnerOnly | UnixFileMode.UserExecute).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Directory.CreateTempSubdirectory("ecs-agent-envfiles-").FullName;
        }
    }
}
