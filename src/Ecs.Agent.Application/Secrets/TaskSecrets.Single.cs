using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Secrets;

namespace Ecs.Agent.Application.Secrets;

/// <content>Fetches one thing at a time. What goes wrong is worded here as ECS words it.</content>
public sealed partial class TaskSecrets
{
    private async Task<Dictionary<string, string>> FetchAsync(
        ParameterBatch batch, RoleCredentials? role, CancellationToken cancellationToken)
    {
        var region = RegionOf(batch.Names[0], batch.Region);
        try
        {
            var answer = await parameters.GetParametersAsync(region, batch.Names, role, cancellationToken).ConfigureAwait(false);
            return answer.InvalidNames.IsEmpty
                ? batch.Names.Where(answer.Values.ContainsKey).ToDictionary(name => $"{name}_{batch.Region}", name => answer.Values[name])
                : throw new SecretStoreException($"invalid parameters: {string.Join(',', answer.InvalidNames)}");
        }
        catch (SecretStoreException e)
        {
            throw new SecretStoreException(
                $"fetching secret data from SSM Parameter Store in {region}: {e.Message}", innerException: e);
        }
    }

    private async Task<KeyValuePair<string, string>> FetchAsync(
        SecretReference secret, RoleCredentials? role, CancellationToken cancellationToken)
    {
        ManagedSecretName? name = null;
        try
        {
            name = ManagedSecretName.Parse(secret.ValueFrom);
            var text = await secretsManager.GetSecretAsync(RegionOf(secret.ValueFrom, secret.Region), name, role, cancellationToken)
                .ConfigureAwait(false)
                ?? throw new FormatException($"secret {name.SecretId}: it holds binary data, and only text can be given to a container");
            return new(secret.Key, name.JsonKey.Length == 0 ? text : MemberOf(text, name));
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException)
        {
            throw new SecretStoreException(e.Message, innerException: e);
        }
        catch (SecretStoreException e) when (e.NotFound)
        {
            throw new SecretStoreException(
                $"ResourceNotFoundException: The task can't retrieve the secret with ARN '{name!.SecretId}' from AWS Secrets Manager. "
                + $"Check whether the secret exists in the specified Region: {e.Message}",
                notFound: true,
                e);
        }
        catch (SecretStoreException e)
        {
            throw new SecretStoreException($"secret {name!.SecretId}: {e.Message}: {e.Message}", innerException: e);
        }
    }

    private async Task<KeyValuePair<RegistryAuthentication.SecretsManager, RegistryLogin>> FetchAsync(
        RegistryAuthentication.SecretsManager place, RoleCredentials? role, CancellationToken cancellationToken)
    {
        try
        {
            // Not taken apart: a plain name will do here.
            var secret = new ManagedSecretName(place.CredentialsParameter);
            var region = RegionOf(place.CredentialsParameter, place.Region);
            var text = await secretsManager.GetSecretAsync(region, secret, role, cancellationToken).ConfigureAwait(false);
            return new(place, SecretText.Login(text));
        }
        catch (FormatException e)
        {
            throw new SecretStoreException(e.Message, innerException: e);
        }
        catch (SecretStoreException e)
        {
            throw new SecretStoreException(
                $"asm fetching secret from the service for {place.CredentialsParameter}: {e.Message}", e.NotFound, e);
        }
    }

    private async Task<string> FetchAsync(
        TaskFolder folder, EnvironmentFile file, RoleCredentials? role, CancellationToken cancellationToken)
    {
        if (S3ObjectName.Parse(file.Location) is not { } name)
        {
            throw new SecretStoreException($"unable to parse bucket and key from s3 ARN specified in environmentFile {file.Location}");
        }

        if (name.EscapesItsDirectory)
        {
            throw new SecretStoreException($"invalid path: bucket \"{name.Bucket}\" key \"{name.Key}\" escapes envfile resource directory");
        }

        try
        {
            return await files.DownloadAsync(folder, name, role, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretStoreException e)
        {
            throw new SecretStoreException(
                $"unable to download env file with key {name.Key} from bucket {name.Bucket}, error: {e.Message}", e.NotFound, e);
        }
    }

    private static string MemberOf(string text, ManagedSecretName name)
    {
        try
        {
            return SecretText.Member(text, name.JsonKey)
                ?? throw new KeyNotFoundException($"retrieved secret from Secrets Manager did not contain json key {name.JsonKey}");
        }
        catch (FormatException e)
        {
            throw new FormatException($"secret {name.SecretId}: {e.Message}", e);
        }
    }

    /// <summary>The region that was named, else that of the ARN, else the agent's.</summary>
    private string RegionOf(string valueFrom, string region)
    {
        const int positionInAnArn = 3;
        var named = region.Length > 0 ? region
            : valueFrom.StartsWith("arn:", StringComparison.Ordinal) ? valueFrom.Split(':').ElementAtOrDefault(positionInAnArn)
            : null;
        return string.IsNullOrEmpty(named) ? options.Region : named;
    }
}
