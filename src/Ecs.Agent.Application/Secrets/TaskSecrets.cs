using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Secrets;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Secrets;

/// <summary>
/// Fetches what a task's containers are given and what is kept elsewhere, as the task's execution role or, for a task without one, as the
/// container
/// instance. The values live in memory until the task is forgotten: an agent that comes back fetches them again where they are still
/// needed.
/// </summary>
public sealed partial class TaskSecrets(
    IParameterStore parameters,
    ISecretsManager secretsManager,
    IEnvironmentFileStore files,
    TaskCredentials credentials,
    AgentOptions options,
    ILogger<TaskSecrets> logger)
{
    private readonly ConcurrentDictionary<string, TaskValues> _byTask = new(StringComparer.Ordinal);

    /// <summary>Fetches the values of all parameters of the Parameter Store that the task names, ten with a call.</summary>
    public Task<FetchOutcome> FetchParametersAsync(TaskDefinition task, CancellationToken cancellationToken) =>
        FetchAsync(task, "ssm secret resource", async role =>
        {
            var secrets = SecretsOf(task, SecretProvider.ParameterStore);
            var answers = await AllAsync(ParameterBatch.Of(secrets), batch => FetchAsync(batch, role, cancellationToken), FirstOf)
                .ConfigureAwait(false);
            var byName = answers.SelectMany(answer => answer).ToDictionary(StringComparer.Ordinal);
            Change(task, values => values with
            {
                Parameters = secrets.ToImmutableDictionary(
                    secret => secret.Key, secret => byName.GetValueOrDefault(secret.Key, ""), StringComparer.Ordinal),
            });
        });

    /// <summary>Fetches all secrets of Secrets Manager that the task names, each with a call of its own.</summary>
    public Task<FetchOutcome> FetchManagedSecretsAsync(TaskDefinition task, CancellationToken cancellationToken) =>
        FetchAsync(task, "ASM secret resource", async role =>
        {
            var secrets = SecretsOf(task, SecretProvider.SecretsManager);
            var values = await AllAsync(secrets, secret => FetchAsync(secret, role, cancellationToken), AllOf).ConfigureAwait(false);
            Change(task, known => known with { ManagedSecrets = values.ToImmutableDictionary(StringComparer.Ordinal) });
        });

    /// <summary>Fetches the logins for private registries that the task's containers name in Secrets Manager, each once.</summary>
    public Task<FetchOutcome> FetchRegistryCredentialsAsync(TaskDefinition task, CancellationToken cancellationToken) =>
        FetchAsync(task, "ASM auth resource", async role =>
        {
            var places = task.Containers.Select(c => c.RegistryAuthentication).OfType<RegistryAuthentication.SecretsManager>().Distinct();
            var logins = await AllAsync(places, place => FetchAsync(place, role, cancellationToken), FirstOf).ConfigureAwait(false);
            Change(task, values => values with { Logins = logins.ToImmutableDictionary() });
        });

    /// <summary>Downloads the container's environment files and reads them.</summary>
    public Task<FetchOutcome> FetchEnvironmentFilesAsync(TaskDefinition task, string container, CancellationToken cancellationToken) =>
        FetchAsync(task, "environment file resource", async role =>
        {
            var folder = TaskFolder.Of(task.Arn);
            var named = task.Containers.Where(c => c.Name == container).SelectMany(c => c.EnvironmentFiles);
            var texts = await AllAsync(named, file => FetchAsync(folder, file, role, cancellationToken), AllOf).ConfigureAwait(false);
            var merged = EnvironmentFileText.Merge(texts.Select(EnvironmentFileText.Parse));
            Change(task, values => values with { Files = values.Files.SetItem(container, merged) });
        });

    /// <summary>
    /// What was fetched for the container; null when something that it needs has not been fetched in this life of the agent, so that it
    /// must not be
    /// created yet.
    /// </summary>
    public ContainerValues? ValuesOf(TaskDefinition task, string container)
    {
        ArgumentNullException.ThrowIfNull(task);
        var definition = task.Containers.FirstOrDefault(c => c.Name == container);
        if (definition is null || (definition.Secrets.IsEmpty && definition.EnvironmentFiles.IsEmpty))
        {
            return ContainerValues.None;
        }

        var values = _byTask.GetValueOrDefault(task.Arn, TaskValues.None);
        var secrets = definition.Secrets.Select(secret => (Secret: secret, Value: ValueOf(secret, values))).ToList();
        var fromFiles = definition.EnvironmentFiles.IsEmpty ? EnvironmentVariables.Empty : values.Files.GetValueOrDefault(container);
        return fromFiles is null || secrets.Any(entry => entry.Value is null)
            ? null
            : new ContainerValues
            {
                FileVariables = fromFiles,
                SecretVariables = Named(SecretUse.EnvironmentVariable),
                LogOptions = Named(SecretUse.LogOption),
            };

        EnvironmentVariables Named(SecretUse use) => secrets.Where(entry => entry.Secret.Use == use)
            .Aggregate(EnvironmentVariables.Empty, (all, entry) => all.With(entry.Secret.Name, entry.Value!));
    }

    /// <summary>The fetched login for the container's registry; null when it names none, or it has not been fetched.</summary>
    public RegistryLogin? LoginOf(TaskDefinition task, ContainerDefinition container)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(container);
        return container.RegistryAuthentication is RegistryAuthentication.SecretsManager place
            ? _byTask.GetValueOrDefault(task.Arn, TaskValues.None).Logins?.GetValueOrDefault(place)
            : null;
    }

    /// <summary>
    /// Drops the task's values and removes its environment files. A directory that cannot be removed is logged and left behind.
    /// </summary>
    public async Task ForgetAsync(TaskDefinition task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        _byTask.TryRemove(task.Arn, out _);
        if (task.Containers.All(container => container.EnvironmentFiles.IsEmpty))
        {
            return;
        }

        try
        {
            await files.RemoveAsync(TaskFolder.Of(task.Arn), cancellationToken).ConfigureAwait(false);
        }
        catch (SecretStoreException e)
        {
            LogNotRemoved(task.Arn, e.Message);
        }
    }

    private async Task<FetchOutcome> FetchAsync(TaskDefinition task, string resource, Func<RoleCredentials?, Task> fetch)
    {
        try
        {
            var role = credentials.Find(task.Arn, TaskRole.Execution);
            if (role is null && task.ExecutionCredentialsId is not null)
            {
                throw new SecretStoreException($"{resource}: unable to find execution role credentials");
            }

            await fetch(role).ConfigureAwait(false);
            return FetchOutcome.Fetched;
        }
        catch (SecretStoreException e)
        {
            LogFailed(task.Arn, e.Message);
            return new FetchOutcome(FailureReason.Of(e.Message));
        }
    }

    /// <summary>Does all of it side by side and waits for all; what failed is told in the order of the definition.</summary>
    private static async Task<ImmutableArray<TResult>> AllAsync<T, TResult>(
        IEnumerable<T> items, Func<T, Task<TResult>> fetch, Func<ImmutableArray<string>, string> tell)
    {
        var fetches = items.Select(fetch).ToList();
        await ((Task)Task.WhenAll(fetches)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var problems = fetches.Select(f => f.Exception?.InnerException).OfType<SecretStoreException>().Select(e => e.Message).Distinct();
        ImmutableArray<string> all = [.. problems];
        return all.IsEmpty ? [.. await Task.WhenAll(fetches).ConfigureAwait(false)] : throw new SecretStoreException(tell(all));
    }

    private static string FirstOf(ImmutableArray<string> problems) => problems[0];

    private static string AllOf(ImmutableArray<string> problems) => string.Join(';', problems);

    private static List<SecretReference> SecretsOf(TaskDefinition task, SecretProvider provider) =>
    [
        .. task.Containers
            .SelectMany(container => container.Secrets)
            .Where(secret => secret.Provider == provider)
            .DistinctBy(secret => secret.Key),
    ];

    private static string? ValueOf(SecretReference secret, TaskValues values) => (secret.Provider switch
    {
        SecretProvider.ParameterStore => values.Parameters,
        SecretProvider.SecretsManager => values.ManagedSecrets,
    })?.GetValueOrDefault(secret.Key);

    private void Change(TaskDefinition task, Func<TaskValues, TaskValues> change) =>
        _byTask.AddOrUpdate(task.Arn, _ => change(TaskValues.None), (_, values) => change(values));

    [LoggerMessage(LogLevel.Error, "Task {TaskArn}: what it is to be given cannot be fetched: {Problem}")]
    private partial void LogFailed(string taskArn, string problem);

    [LoggerMessage(LogLevel.Warning, "Task {TaskArn}: its environment files are left behind, they could not be removed: {Problem}")]
    private partial void LogNotRemoved(string taskArn, string problem);
}
