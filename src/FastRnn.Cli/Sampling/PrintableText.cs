using System.Text;

namespace FastRnn.Cli.Sampling;

/// <summary>Bytes of a model that has learned anything, made harmless for a terminal.</summary>
internal static class PrintableText
{
    private const char Placeholder = '\u00B7';

    /// <summary>UTF-8 where it is, a dot where it is not or where it would steer the terminal. Tabs are widened.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(bytes)).Replace("\t", "    ");
        for (var i = 0; i < text.Length; i++)
        {
            if ((char.IsControl(text[i]) && text[i] != '\n') || text[i] == '\uFFFD')
            {
                text[i] = Placeholder;
            }
        }

        return text.ToString().TrimEnd('\n');
    }
}
