using System.Globalization;

namespace FastRnn.Tables.Reading;

/// <summary>What the text of a cell means.</summary>
internal static class CellText
{
    /// <summary>More different texts are no category.</summary>
    public const int MostLabels = 10_000;

    /// <summary>A longer text is no label.</summary>
    public const int LongestLabel = 1_000;

    /// <summary>Why a column of texts is left out.</summary>
    public static readonly string ManyLabels = $"it has more than {MostLabels} different texts, or long ones";

    /// <summary>Why it is refused, if it was said to be a category.</summary>
    public static readonly string NoCategory =
        $"expected a category: at most {MostLabels} different texts of at most {LongestLabel} letters";

    private static readonly string[] Nothing = ["", "NA", "N/A", "NaN", "null", "none", "?"];

    public static bool IsMissing(ReadOnlySpan<char> text)
    {
        if (text.Length > 4)
            return false;
        foreach (var nothing in Nothing)
        {
            if (text.Equals(nothing, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>A finite number with a point, without spaces between its digits.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(
            text, NumberStyles.Float & ~NumberStyles.AllowTrailingWhite & ~NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture,
                out number)
        && float.IsFinite((float)number);

    /// <summary>As much of a text as a message shows.</summary>
    public static string Shown(ReadOnlySpan<char> text) => text.Length <= 60 ? text.ToString() : $"{text[..60]}...";
}
