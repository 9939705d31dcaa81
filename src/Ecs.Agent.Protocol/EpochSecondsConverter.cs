using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecs.Agent.Protocol;

/// <summary>Times travel as JSON numbers: seconds since 1970-01-01 UTC, with up to three decimals.</summary>
public sealed class EpochSecondsConverter : JsonConverter<DateTimeOffset>
{
    private static readonly decimal First = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly decimal Last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>A number beyond the calendar is the sender's mistake like any other, hence a <see cref="JsonException"/>.</summary>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetDecimal(out var seconds) && seconds >= First && seconds <= Last
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)decimal.Round(seconds * 1000m))
            : throw new JsonException("Not a time: expected seconds since 1970-01-01 UTC within the years 1 to 9999.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds() / 1000m);
}
