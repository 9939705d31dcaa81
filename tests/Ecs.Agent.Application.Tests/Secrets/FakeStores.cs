using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Domain.Secrets;

namespace Ecs.Agent.Application.Tests.Secrets;

/// <summary>Parameters, secrets and files of a test; what is not there is refused as AWS does.</summary>
internal sealed class FakeStores : IParameterStore, ISecretsManager, IEnvironmentFileStore
{
    public Dictionary<string, string> Parameters { get; } = [];

    public Dictionary<string, string?> Secrets { get; } = [];

    public Dictionary<string, string> Files { get; } = [];

    /// <summary>What every call answers with instead, where it is set.</summary>
    public string? Refusal { get; set; }

    /// <summary>One line per call.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    public Task<ParameterValues> GetParametersAsync(
        string region, ImmutableArray<string> names, RoleCredentials? role, CancellationToken cancellationToken)
    {
        Note($"{Who(role)} parameters {region} {string.Join(',', names)}");
        return Task.FromResult(new ParameterValues(
            Parameters.Where(parameter => names.Contains(parameter.Key)).ToImmutableDictionary(),
            [.. names.Where(name => !Parameters.ContainsKey(name) && name != "silent")]));
    }

    public async Task<string?> GetSecretAsync(
        string region, ManagedSecretName secret, RoleCredentials? role, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Note($"{Who(role)} secret {region} {secret.SecretId} {secret.VersionStage} {secret.VersionId}".TrimEnd());
        return Secrets.TryGetValue(secret.SecretId, out var text)
            ? text
            : throw new SecretStoreException("ResourceNotFoundException: no such secret", notFound: true);
    }

    public Task<string> DownloadAsync(TaskFolder task, S3ObjectName file, RoleCredentials? role, CancellationToken cancellationToken)
    {
        Note($"{Who(role)} file {task.Cluster}/{task.TaskId} {file.Bucket}/{file.Key}");
        return Files.TryGetValue($"{file.Bucket}/{file.Key}", out var text)
            ? Task.FromResult(text)
            : throw new SecretStoreException("NoSuchKey: The specified key does not exist.", notFound: true);
    }

    public Task RemoveAsync(TaskFolder task, CancellationToken cancellationToken)
    {
        Note($"remove {task.Cluster}/{task.TaskId}");
        return Task.CompletedTask;
    }

    private void Note(string call)
    {
        Calls.Enqueue(call);
        if (Refusal is not null)
        {
            throw new SecretStoreException(Refusal);
        }
    }

    private static string Who(RoleCredentials? role) => role?.CredentialsId ?? "instance";
}
