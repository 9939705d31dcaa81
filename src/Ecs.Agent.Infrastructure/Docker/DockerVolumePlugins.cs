using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Infrastructure.Docker.Wire;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>
/// Docker's volume plugins of both kinds: those that Docker manages are its to list, the older ones are files by which Docker finds them.
/// </summary>
/// <param name="docker">The daemon.</param>
/// <param name="time">The clock of the limit.</param>
/// <param name="root">Where the directories of the older kind begin: <c>/</c>.</param>
/// <param name="logger">Hears of a list that cannot be had.</param>
internal sealed partial class DockerVolumePlugins(
    DockerHttp docker, TimeProvider time, ILogger<DockerVolumePlugins> logger, string root = "/")
{
    private const string EnabledVolumeDrivers = """{"capability":["volumedriver"],"enabled":["true"]}""";
    private const string Latest = ":latest";
    private static readonly string[] SocketDirectories = ["run/docker/plugins"];
    private static readonly string[] SpecificationDirectories = ["etc/docker/plugins", "usr/lib/docker/plugins"];
    private static readonly DockerOperation List = new(ContainerErrorNames.CannotListPlugins, "listing plugins", TimeSpan.FromMinutes(1));

    /// <summary>Their names, each as a task definition may call it. What cannot be found out is left out.</summary>
    public async Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. Legacy().Concat((await ManagedAsync(cancellationToken)).SelectMany(NamesOf)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private async Task<IEnumerable<string>> ManagedAsync(CancellationToken cancellationToken)
    {
        try
        {
            var path = "/plugins?filters=" + DockerHttp.Escape(EnabledVolumeDrivers);
            var plugins = await List.RunAsync(
                time, token => docker.GetAsync(path, DockerJson.Default.IReadOnlyListListedPlugin, token), cancellationToken);
            return plugins.Where(plugin => plugin.Enabled).Select(plugin => plugin.Name).OfType<string>();
        }
        catch (RuntimeException e)
        {
            LogNotListed(e.Message);
            return [];
        }
    }

    private static IEnumerable<string> NamesOf(string plugin) => plugin.EndsWith(Latest, StringComparison.Ordinal)
        ? [plugin[..^Latest.Length], plugin]
        : [plugin];

    private IEnumerable<string> Legacy() => SocketDirectories.SelectMany(directory => Named(directory, ".sock"))
        .Concat(SpecificationDirectories.SelectMany(directory => Named(directory, ".spec", ".json")));

    /// <summary>A plugin is a file there, or a file of the same name one directory deeper.</summary>
    private List<string> Named(string directory, params string[] extensions)
    {
        var path = Path.Combine(root, directory);
        var found = new List<string>();
        try
        {
            foreach (var entry in Directory.Exists(path) ? Directory.EnumerateFileSystemEntries(path) : [])
            {
                var name = Path.GetFileNameWithoutExtension(entry);
                if (extensions.Contains(Path.GetExtension(entry)))
                {
                    found.Add(name);
                }
                else if (extensions.Any(extension => File.Exists(Path.Combine(entry, Path.GetFileName(entry) + extension))))
                {
                    found.Add(Path.GetFileName(entry));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotListed(e.Message);
        }

        return found;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Not all volume plugins of Docker can be listed, so tasks that name the others are not placed here: {Problem}")]
    private partial void LogNotListed(string problem);
}
