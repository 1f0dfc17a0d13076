using System.Globalization;
using System.Text.Json;

namespace FastRnn.Interchange.Audio;

/// <summary>Where files say for how many samples a second they were trained.</summary>
internal static class SampleRate
{
    private const double Most = 10_000_000;

    private static readonly string[] Names = ["sample_rate", "samplerate", "sampleRate"];

    /// <summary>The rate that an object or its <c>metadata</c> tells, in Hz, or null. AIDA-X writes it as a text; NAM says -1 where it does
    /// not know it.</summary>
    /// <exception cref="ForeignFileException">It is no number, or larger than any converter's.</exception>
    public static double? Find(JsonElement parent)
    {
        foreach (var place in new[] { parent, JsonRead.Property(parent, "metadata") ?? default })
        {
            foreach (var name in Names)
            {
                if (JsonRead.Property(place, name) is { } value)
                    return Checked(JsonRead.NumberOrText(value, name), name);
            }
        }

        return null;
    }

    private static double? Checked(double rate, string name) => rate switch
    {
        <= 0 => null,
        <= Most => rate,
        _ => throw new ForeignFileException(string.Create(CultureInfo.InvariantCulture, $"{name}: expected up to {Most} Hz, got {rate}")),
    };

    /// <summary>The sentence for the certificate.</summary>
    public static string Say(double rate) =>
        string.Create(CultureInfo.InvariantCulture, $"the file was trained for {rate} samples a second; nothing converts others");
}
