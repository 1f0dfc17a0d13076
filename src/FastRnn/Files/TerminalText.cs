namespace FastRnn.Files;

/// <summary>What texts of files must not bring to a terminal.</summary>
internal static class TerminalText
{
    /// <summary>Controls, and marks that end lines or turn the direction of what stands behind them (Unicode's bidirectional
    /// formatting).</summary>
    public static bool Steers(char c) => char.IsControl(c) || c is '\u200E' or '\u200F' or '\u061C'
        or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>A text in one line, cut, in which nothing steers.</summary>
    public static string Of(string text, int longest)
    {
        var shown = text.Length <= longest ? text : text[..longest] + "...";
        return string.Create(shown.Length, shown, (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = Steers(from[i]) ? '?' : from[i];
        });
    }
}
