using System.Runtime.CompilerServices;

namespace Ecs.Agent.Architecture.Tests;

/// <summary>The project's source files as they are in the working tree.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>The C# files of one project under <c>src/</c>, or of all of them; paths are relative to the root.</summary>
    public static IEnumerable<string> Files(string project = "") =>
        Directory.EnumerateFiles(Path.Combine(Root, "src", project), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    // A deterministic build may have replaced the path of this file, so the folder of the executable is tried as well.
    private static string FindRoot([CallerFilePath] string here = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(here) })
        {
            for (var folder = start; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, "EcsAgent.sln")))
                {
                    return folder;
                }
            }
        }

        throw new DirectoryNotFoundException("No folder above the test executable holds EcsAgent.sln.");
    }
}
