using System.Globalization;
using System.Numerics;

namespace FastRnn.Cli.Commands;

/// <summary>Values of an option with commas between them.</summary>
internal static class ListText
{
    /// <summary>Texts; none is empty and none stands there twice.</summary>
    /// <exception cref="CommandException">It is no such list.</exception>
    public static IReadOnlyList<string> Of(string option, string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Any(part => part.Length == 0) ? throw Wrong(option, "values with commas between them", text)
            : parts.Distinct().Count() < parts.Length ? throw Wrong(option, "each value once", text) : parts;
    }

    /// <summary>Whole numbers, which may stand there twice.</summary>
    /// <exception cref="CommandException">One is out of range.</exception>
    public static IReadOnlyList<int> Whole(string option, string text, int least, int most) => Numbers<int>(
        option, text.Split(','), value => value >= least && value <= most, FormattableString.Invariant($"numbers from {least} to {most}"));

    /// <summary>Numbers, each once.</summary>
    /// <exception cref="CommandException">One is none, or out of range.</exception>
    public static IReadOnlyList<T> Numbers<T>(string option, string text, Func<T, bool> isGood, string expected)
        where T : INumber<T> =>
        Numbers(option, Of(option, text), isGood, expected);

    private static IReadOnlyList<T> Numbers<T>(string option, IReadOnlyList<string> parts, Func<T, bool> isGood, string expected)
        where T : INumber<T> =>
    [
        .. parts.Select(part => T.TryParse(part, CultureInfo.InvariantCulture, out var value) && isGood(value)
            ? value : throw Wrong(option, expected, part)),
    ];

    private static CommandException Wrong(string option, string expected, string got) =>
        CommandException.Usage($"{option}: expected {expected}, got '{got}'");
}
