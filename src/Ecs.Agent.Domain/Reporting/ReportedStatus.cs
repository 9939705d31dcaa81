namespace Ecs.Agent.Domain.Reporting;

/// <summary>The three states that the control plane understands.</summary>
public enum ReportedStatus
{
    Pending,
    Running,
    Stopped,
}
