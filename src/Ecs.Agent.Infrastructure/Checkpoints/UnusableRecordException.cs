namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>A record cannot be used, and why. Never leaves the reader: the record is put aside.</summary>
internal sealed class UnusableRecordException(string message) : Exception(message);
