using System.Globalization;
using System.Text.Json;

namespace FastRnn.Interchange.Audio;

/// <summary>Where files say for how many samples a second they were trained.</summary>
internal static class SampleRate
{
    private static readonly string[] Names = ["sample_rate", "samplerate", "sampleRate"];

    /// <summary>The rate that an object or its <c>metadata</c> tells, or null. AIDA-X writes it as a text.</summary>
    public static double? Find(JsonElement parent)
    {
        foreach (var place in new[] { parent, JsonRead.Property(parent, "metadata") ?? default })
        {
            foreach (var name in Names)
            {
                if (JsonRead.Property(place, name) is { } value)
                    return JsonRead.NumberOrText(value, name);
            }
        }

        return null;
    }

    /// <summary>The sentence for the certificate.</summary>
    public static string Say(double rate) =>
        string.Create(CultureInfo.InvariantCulture, $"the file was trained for {rate} samples a second; nothing converts others");
}
