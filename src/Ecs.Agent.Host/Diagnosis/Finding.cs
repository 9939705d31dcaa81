namespace Ecs.Agent.Host.Diagnosis;

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Subject">What was looked at, in a word.</param>
/// <param name="Text">What was found.</param>
/// <param name="Advice">What to do about it; null when there is nothing to do.</param>
internal sealed record Finding(FindingSeverity Severity, string Subject, string Text, string? Advice = null);
