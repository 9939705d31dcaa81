using System.Text;

namespace Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

/// <summary>Fits texts into the byte limits of the ECS API.</summary>
internal static class Utf8Limit
{
    /// <summary>The longest beginning of the text that takes up no more than that many bytes of UTF-8. Never splits a character.</summary>
    public static string Truncate(string text, int maximumBytes)
    {
        // A char never takes more than three bytes.
        if (text.Length * 3 <= maximumBytes || Encoding.UTF8.GetByteCount(text) <= maximumBytes)
        {
            return text;
        }

        var bytes = 0;
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maximumBytes)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return text[..end];
    }
}
