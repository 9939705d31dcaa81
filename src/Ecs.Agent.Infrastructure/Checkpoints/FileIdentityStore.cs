using System.Text.Json;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Ecs.Agent.Infrastructure.Checkpoints.Records;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>The agent's identity, or the registration that is to bring it, in a file of its own, which is replaced whole.</summary>
internal sealed partial class FileIdentityStore(DataDirectory directory, ILogger<FileIdentityStore> logger) : IIdentityStore
{
    private IdentityRecord? _known;

    public SavedIdentity? Load() =>
        Known().Identity is { ContainerInstanceArn.Length: > 0, Cluster.Length: > 0 } identity ? identity : null;

    public PendingRegistration? LoadPending() => Known().Pending is { ClientToken.Length: > 0 } pending ? pending : null;

    public void Save(SavedIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (identity != _known?.Identity)
        {
            Replace(IdentityRecord.Write(identity));
            _known = new IdentityRecord { Identity = identity };
        }
    }

    public void SavePending(PendingRegistration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        Replace(IdentityRecord.Write(registration));
        _known = new IdentityRecord { Pending = registration };
    }

    private void Replace(byte[] content)
    {
        try
        {
            DurableFile.Replace(directory.IdentityPath, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailures.Translate(directory.DirectoryPath, e);
        }
    }

    private IdentityRecord Known()
    {
        try
        {
            return _known ??= File.Exists(directory.IdentityPath)
                ? IdentityRecord.Read(File.ReadAllBytes(directory.IdentityPath))
                : new IdentityRecord();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            LogUnreadable(directory.IdentityPath, e.Message);
            return _known = new IdentityRecord();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be read, so the containers are asked which instance this is: {Problem}")]
    private partial void LogUnreadable(string path, string problem);
}
