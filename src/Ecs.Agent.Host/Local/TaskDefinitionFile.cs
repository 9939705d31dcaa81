using Ecs.Agent.Host.CommandLine;

namespace Ecs.Agent.Host.Local;

/// <summary>The text of a task definition, and what to call it where it does not say itself.</summary>
/// <param name="Text">The JSON.</param>
/// <param name="Name">The file's name without its ending.</param>
internal sealed record TaskDefinitionFile(string Text, string Name)
{
    private const string NameOfStandardInput = "stdin";

    /// <summary>Reads the file, or standard input for <c>-</c>.</summary>
    /// <exception cref="LocalStartException">It cannot be read.</exception>
    public static async Task<TaskDefinitionFile> ReadAsync(string path, TextReader standardInput, CancellationToken cancellationToken)
    {
        if (path == LocalRunOptions.StandardInput)
        {
            return new TaskDefinitionFile(await standardInput.ReadToEndAsync(cancellationToken), NameOfStandardInput);
        }

        try
        {
            return new TaskDefinitionFile(await File.ReadAllTextAsync(path, cancellationToken), Path.GetFileNameWithoutExtension(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new LocalStartException(ExitCodes.FileUnreadable, $"{path} cannot be read: {Reason(e, path)}", e);
        }
    }

    private static string Reason(Exception failure, string path) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException when Directory.Exists(path) => "it is a directory",
        UnauthorizedAccessException => "permission denied",
        _ => failure.Message,
    };
}
