using System.Collections.Immutable;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>
/// The credentials of the container instance itself. The first source that has an access key and a secret wins; its answer is kept for the
/// source's lifetime. One instance signs ECS calls and websocket upgrades alike.
/// </summary>
internal sealed partial class InstanceCredentials : IDisposable
{
    private readonly ImmutableArray<CredentialsSource> _chain;
    private readonly TimeProvider _time;
    private readonly ILogger<InstanceCredentials> _logger;
    private readonly SemaphoreSlim _lookup = new(1, 1);
    private ImmutableCredentials? _current;
    private DateTimeOffset _goodUntil;

    public InstanceCredentials(ImmutableArray<CredentialsSource> chain, TimeProvider time, ILogger<InstanceCredentials> logger)
    {
        _chain = chain;
        _time = time;
        _logger = logger;
    }

    /// <summary>The credentials in effect, or null when no source has any.</summary>
    public async Task<ImmutableCredentials?> GetAsync(CancellationToken cancellationToken)
    {
        await _lookup.WaitAsync(cancellationToken);
        try
        {
            if (_current is not null && _time.GetUtcNow() < _goodUntil)
            {
                return _current;
            }

            return await LookUpAsync(cancellationToken);
        }
        finally
        {
            _lookup.Release();
        }
    }

    /// <summary>Makes the next use ask the sources again.</summary>
    public void Invalidate() => _goodUntil = DateTimeOffset.MinValue;

    public void Dispose() => _lookup.Dispose();

    private async Task<ImmutableCredentials?> LookUpAsync(CancellationToken cancellationToken)
    {
        foreach (var source in _chain)
        {
            if (await TryAsync(source, cancellationToken) is { } found)
            {
                _current = found;
                _goodUntil = source.Lifetime == TimeSpan.MaxValue ? DateTimeOffset.MaxValue : _time.GetUtcNow() + source.Lifetime;
                LogFound(source.Name);
                return found;
            }
        }

        LogNone(string.Join(", ", _chain.Select(source => source.Name)));
        return null;
    }

    private async Task<ImmutableCredentials?> TryAsync(CredentialsSource source, CancellationToken cancellationToken)
    {
        try
        {
            return await source.FindAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The text of a provider's failure could quote what it read; its type says enough.
            LogFailed(source.Name, failure.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Debug, "AWS credentials from {Source}")]
    private partial void LogFound(string source);

    [LoggerMessage(LogLevel.Debug, "no AWS credentials from {Source}: {Failure}")]
    private partial void LogFailed(string source, string failure);

    [LoggerMessage(LogLevel.Warning, "no AWS credentials found; looked at: {Sources}")]
    private partial void LogNone(string sources);
}
