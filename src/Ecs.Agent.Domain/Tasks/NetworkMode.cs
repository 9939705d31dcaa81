namespace Ecs.Agent.Domain.Tasks;

/// <summary>A task's <c>networkMode</c>.</summary>
public enum NetworkMode
{
    Bridge,
    Host,
    None,
    AwsVpc,
}
