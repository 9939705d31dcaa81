using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Domain.Secrets;

/// <summary>The text of an environment file.</summary>
public static class EnvironmentFileText
{
    /// <summary>
    /// Reads a variable per line, split at the first <c>=</c>. Lines that begin with <c>#</c>, that have no <c>=</c> or no name count as
    /// none;
    /// of several with one name the last wins. Nothing is trimmed, unquoted or unescaped.
    /// </summary>
    public static EnvironmentVariables Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var variables = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Select(WithoutReturn))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && line[0] != '#')
            {
                variables[line[..equals]] = line[(equals + 1)..];
            }
        }

        return new EnvironmentVariables(variables);
    }

    /// <summary>Several files of one container as one: of two with the same variable the earlier file's counts.</summary>
    public static EnvironmentVariables Merge(IEnumerable<EnvironmentVariables> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return files.Reverse().SelectMany(file => file)
            .Aggregate(EnvironmentVariables.Empty, (all, variable) => all.With(variable.Key, variable.Value));
    }

    /// <summary>The end of a line that a file of Windows has, which is not part of any value.</summary>
    private static string WithoutReturn(string line) => line.EndsWith('\r') ? line[..^1] : line;
}
