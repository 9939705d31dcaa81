using System.Text.Json;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Ecs.Agent.Infrastructure.Checkpoints.Records;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>The agent's identity in a file of its own, which is replaced whole.</summary>
internal sealed partial class FileIdentityStore(DataDirectory directory, ILogger<FileIdentityStore> logger) : IIdentityStore
{
    private SavedIdentity? _known;

    public SavedIdentity? Load() => _known ??= Read();

    public void Save(SavedIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (identity == _known)
        {
            return;
        }

        try
        {
            DurableFile.Replace(directory.IdentityPath, IdentityRecord.Write(identity));
            _known = identity;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailures.Translate(directory.DirectoryPath, e);
        }
    }

    private SavedIdentity? Read()
    {
        try
        {
            return File.Exists(directory.IdentityPath)
                && IdentityRecord.Read(File.ReadAllBytes(directory.IdentityPath)) is { ContainerInstanceArn.Length: > 0, Cluster.Length: > 0 } identity
                    ? identity
                    : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            LogUnreadable(directory.IdentityPath, e.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be read, so the containers are asked which instance this is: {Problem}")]
    private partial void LogUnreadable(string path, string problem);
}
