using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Secrets;

/// <summary>Parameters that are asked for with one call.</summary>
/// <param name="Region">Where they are kept; empty as in <see cref="SecretReference.Region"/>.</param>
/// <param name="Names">Names or ARNs, each once, at most ten.</param>
public sealed record ParameterBatch(string Region, ImmutableArray<string> Names)
{
    private const int Largest = 10;

    /// <summary>
    /// The calls that it takes to have all parameters among these secrets: region by region, ten at a time, in their order.
    /// </summary>
    public static ImmutableArray<ParameterBatch> Of(IEnumerable<SecretReference> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        return
        [
            .. secrets
                .Where(secret => secret.Provider == SecretProvider.ParameterStore)
                .GroupBy(secret => secret.Region, secret => secret.ValueFrom, StringComparer.Ordinal)
                .SelectMany(region => region.Distinct(StringComparer.Ordinal).Chunk(Largest)
                    .Select(names => new ParameterBatch(region.Key, [.. names]))),
        ];
    }
}
