using System.Text.Json;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Infrastructure.Checkpoints.Records;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>The row that an image is stored in. Pure.</summary>
internal static class ImageRows
{
    public static StateRow Of(ImageRecord image) => StateRow.Of(
        image.Id, JsonSerializer.SerializeToUtf8Bytes(ImageStateRecord.Of(image), CheckpointJson.Default.ImageStateRecord), Place(image.Id));

    /// <summary>Throws <see cref="UnusableRecordException"/>, which says what is wrong.</summary>
    public static ImageRecord Read(StateRow row)
    {
        try
        {
            return JsonSerializer.Deserialize(row.Verified(Place(row.Key)), CheckpointJson.Default.ImageStateRecord)!.ToImage();
        }
        catch (JsonException e)
        {
            throw new UnusableRecordException($"it is not what this agent writes: {e.Message}");
        }
    }

    private static string Place(string id) => "image " + id;
}
