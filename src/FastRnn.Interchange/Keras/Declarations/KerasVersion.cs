using System.Globalization;

namespace FastRnn.Interchange.Keras.Declarations;

/// <summary>The version of Keras that wrote a file; its rules differ.</summary>
internal sealed record KerasVersion(int Major, int Minor, string Text)
{
    /// <summary>hard_sigmoid is x / 6 + 0.5 from Keras 3 on, 0.2 x + 0.5 before.</summary>
    public bool IsThree => Major >= 3;

    /// <summary>From 3.16 on a recurrent layer and TimeDistributed do not pass the mask on (<c>supports_masking</c> is False).</summary>
    public bool DropsMasks => (Major, Minor) is ( > 3, _) or (3, >= 16);

    /// <summary>Reads <c>3.16.0</c>, <c>2.2.4-tf</c>.</summary>
    /// <returns>Null if the text is no version.</returns>
    public static KerasVersion? Parse(string? text)
    {
        var parts = (text ?? "").Split('.');
        return parts.Length >= 2 && TryParse(parts[0], out var major) && TryParse(parts[1], out var minor)
            ? new KerasVersion(major, minor, text!)
            : null;
    }

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
