namespace Ecs.Agent.Infrastructure.Aws.Wire;

/// <summary>The answer to GetParameters. A class, so that it never prints.</summary>
internal sealed class GetParametersResponse
{
    public IReadOnlyList<Parameter>? Parameters { get; init; }

    public IReadOnlyList<string>? InvalidParameters { get; init; }
}
