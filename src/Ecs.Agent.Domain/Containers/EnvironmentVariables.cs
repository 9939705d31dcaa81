using System.Collections;
using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Containers;

/// <summary>A container's environment. The values may be secrets: they are for the container alone and never print.</summary>
public sealed class EnvironmentVariables : IReadOnlyCollection<KeyValuePair<string, string>>, IEquatable<EnvironmentVariables>
{
    private readonly ImmutableSortedDictionary<string, string> _values;

    public EnvironmentVariables(IEnumerable<KeyValuePair<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, values);
    }

    public static EnvironmentVariables Empty { get; } = new([]);

    public int Count => _values.Count;

    public bool Contains(string name) => _values.ContainsKey(name);

    /// <summary>The same variables with one more, or with that one replaced.</summary>
    public EnvironmentVariables With(string name, string value) => new(_values.SetItem(name, value));

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(EnvironmentVariables? other) => other is not null && _values.SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as EnvironmentVariables);

    public override int GetHashCode() => _values.Count;

    public override string ToString() => $"{_values.Count} variables";
}
