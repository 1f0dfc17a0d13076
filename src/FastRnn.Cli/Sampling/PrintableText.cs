using System.Text;

using FastRnn.Files;

namespace FastRnn.Cli.Sampling;

/// <summary>Texts that come from files, and bytes of a model that has learned anything, made harmless for a terminal.</summary>
internal static class PrintableText
{
    private const char Placeholder = '\u00B7';

    /// <summary>UTF-8 where it is, a dot where it is not or where it would steer the terminal. Tabs are widened.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Of(Encoding.UTF8.GetString(bytes)).TrimEnd('\n');

    /// <summary>The same of characters: only the ends of lines are left of all that steers a terminal.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder(text).Replace("\t", "    ");
        for (var i = 0; i < shown.Length; i++)
        {
            if (IsSteering(shown[i]) && shown[i] != '\n')
            {
                shown[i] = Placeholder;
            }
        }

        return shown.ToString();
    }

    /// <summary>The same in one line: what a file says is not to look like lines of this program.</summary>
    public static string Line(string text) => Of(text.ReplaceLineEndings(" "));

    private static bool IsSteering(char c) => TerminalText.Steers(c) || c == '\uFFFD';
}
