using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;

namespace Ecs.Agent.Infrastructure.Docker.Pause;

/// <summary>
/// The pause image as <c>docker save</c> would write it: one layer with one file. The same bytes at every time, so that everybody's image has
/// the same id.
/// </summary>
internal static class PauseImageArchive
{
    private const string Program = "pause";
    private const string Configuration = "config.json";
    private const string Layer = "layer.tar";
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Runnable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The archive for a daemon's architecture in Docker's words; null when there is no program for it.</summary>
    public static byte[]? For(string? architecture, string image) => architecture switch
    {
        "amd64" => Compose(image, architecture, ProgramFor("x86_64")),
        "arm64" => Compose(image, architecture, ProgramFor("aarch64")),
        _ => null,
    };

    /// <summary>The executable for a machine as <c>uname -m</c> calls it.</summary>
    public static byte[] ProgramFor(string machine)
    {
        using var resource = typeof(PauseImageArchive).Assembly.GetManifestResourceStream($"pause.{machine}")
            ?? throw new InvalidOperationException($"The pause program for {machine} is not in this assembly.");
        var program = new byte[resource.Length];
        resource.ReadExactly(program);
        return program;
    }

    private static byte[] Compose(string image, string architecture, byte[] program)
    {
        var layer = Tar((Program, Runnable, program));
        return Tar(
            (Layer, Readable, layer),
            (Configuration, Readable, Json(writer => WriteConfiguration(writer, architecture, layer))),
            ("manifest.json", Readable, Json(writer => WriteManifest(writer, image))));
    }

    private static void WriteConfiguration(Utf8JsonWriter writer, string architecture, byte[] layer)
    {
        const string beginOfTime = "1970-01-01T00:00:00Z";
        writer.WriteStartObject();
        writer.WriteString("architecture", architecture);
        writer.WriteString("os", "linux");
        writer.WriteString("created", beginOfTime);
        writer.WriteStartObject("config");
        WriteTexts(writer, "Entrypoint", "/" + Program);
        writer.WriteString("StopSignal", "SIGTERM");
        writer.WriteEndObject();
        writer.WriteStartObject("rootfs");
        writer.WriteString("type", "layers");
        WriteTexts(writer, "diff_ids", "sha256:" + Convert.ToHexStringLower(SHA256.HashData(layer)));
        writer.WriteEndObject();
        writer.WriteStartArray("history");
        writer.WriteStartObject();
        writer.WriteString("created", beginOfTime);
        writer.WriteString("created_by", "ecs-agent");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteManifest(Utf8JsonWriter writer, string image)
    {
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("Config", Configuration);
        WriteTexts(writer, "RepoTags", image);
        WriteTexts(writer, "Layers", Layer);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartArray(name);
        writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            write(writer);
        }

        return bytes.ToArray();
    }

    private static byte[] Tar(params ReadOnlySpan<(string Name, UnixFileMode Mode, byte[] Content)> files)
    {
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Ustar))
        {
            foreach (var (name, mode, content) in files)
            {
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    Mode = mode,
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    DataStream = new MemoryStream(content),
                });
            }
        }

        return bytes.ToArray();
    }
}
