namespace Ecs.Agent.Domain.Tasks;

/// <summary>
/// The place of a task between 0 and 1, by which times that must not come all at once are spread. It follows from the task's ARN, so it is
/// the same in every life of the agent: a wait that was begun is resumed, not drawn again.
/// </summary>
public static class TaskFraction
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>In [0, 1), evenly spread over tasks.</summary>
    public static double Of(string taskArn)
    {
        ArgumentNullException.ThrowIfNull(taskArn);
        var hash = taskArn.Aggregate(OffsetBasis, (h, character) => unchecked((h ^ character) * Prime));

        // The last characters of an ARN reach the upper bits, which decide, only through this.
        hash = unchecked((hash ^ (hash >> 33)) * 0xff51afd7ed558ccd);
        hash = unchecked((hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53);
        return ((hash ^ (hash >> 33)) >> 11) * (1.0 / (1UL << 53));
    }
}
