namespace Ecs.Agent.Infrastructure.Aws.Wire;

/// <summary>SSM GetParameters.</summary>
internal sealed class GetParametersRequest
{
    public required IReadOnlyList<string> Names { get; init; }

    public bool WithDecryption { get; init; }
}
