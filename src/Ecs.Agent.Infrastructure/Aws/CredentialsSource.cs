using Amazon.Runtime;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>One link of the credentials chain.</summary>
/// <param name="Name">What it is called in the log.</param>
/// <param name="Lifetime">How long its answer may be reused before it is asked again.</param>
/// <param name="FindAsync">Gives an access key with its secret, or null when this source has none.</param>
internal sealed record CredentialsSource(
    string Name, TimeSpan Lifetime, Func<CancellationToken, Task<ImmutableCredentials?>> FindAsync);
