using System.Text.Json;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Application.Secrets;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>Calls JSON services on behalf of tasks, and makes of whatever goes wrong what the Application knows.</summary>
internal sealed class TaskServiceCalls(AwsJsonClient client, AwsCaller caller, AwsRetries retries)
{
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        AwsJsonTarget target,
        AwsOperation<TRequest, TResponse> operation,
        TRequest request,
        RoleCredentials? role,
        CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, operation.Request);
        try
        {
            return await retries.RunAsync(
                async token => await client.CallAsync(target, operation, body, await caller.CredentialsOfAsync(role, token), token),
                cancellationToken);
        }
        catch (AwsCallException e)
        {
            throw Translate(e);
        }
    }

    /// <summary>The service's code and words, which name what was asked for but never a value.</summary>
    public static SecretStoreException Translate(AwsCallException e) =>
        new(e.Message, e.Code is "ResourceNotFoundException" or "NoSuchKey" or "NoSuchBucket", e);
}
