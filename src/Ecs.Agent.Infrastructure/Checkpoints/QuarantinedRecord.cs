namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>A record that could not be used. It is kept as it was found, for whoever wants to know.</summary>
/// <param name="Source">The table it comes from.</param>
/// <param name="Key">Which record it was.</param>
/// <param name="Reason">What was wrong with it.</param>
/// <param name="Content">Its content as it was stored; secrets in it are sealed.</param>
internal sealed record QuarantinedRecord(string Source, string Key, string Reason, ReadOnlyMemory<byte> Content)
{
    public override string ToString() => $"{Source} {Key}: {Reason}";
}
