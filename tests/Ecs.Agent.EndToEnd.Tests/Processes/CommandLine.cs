namespace Ecs.Agent.EndToEnd.Tests.Processes;

/// <summary>Runs a program to its end.</summary>
internal static class CommandLine
{
    /// <summary>Its standard output; a failure is thrown with everything that was printed.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var list = arguments.ToList();
        await using var process = RunningProcess.Start(program, list, environment);
        var exitCode = await process.ExitAsync();
        var output = string.Join('\n', process.Output.Split('\n').Where(line => !line.StartsWith("! ", StringComparison.Ordinal)));
        return exitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', list)} ended with {exitCode}:\n{process.Output}");
    }
}
