using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>A container's restart policy as it is stored.</summary>
internal sealed class RestartPolicyRecord
{
    public bool Enabled { get; set; }

    public List<int> IgnoredExitCodes { get; set; } = [];

    public TimeSpan AttemptPeriod { get; set; }

    public static RestartPolicyRecord? Of(RestartPolicy? policy) => policy is null
        ? null
        : new RestartPolicyRecord
        {
            Enabled = policy.Enabled,
            IgnoredExitCodes = [.. policy.IgnoredExitCodes],
            AttemptPeriod = policy.AttemptPeriod,
        };

    public RestartPolicy ToPolicy() => new()
    {
        Enabled = Enabled,
        IgnoredExitCodes = [.. IgnoredExitCodes],
        AttemptPeriod = AttemptPeriod,
    };
}
