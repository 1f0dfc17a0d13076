using System.Globalization;
using System.Numerics;

namespace FastRnn.Samples.Common;

/// <summary>What stands on the command line after the sample's name: <c>--name value</c>, <c>--name=value</c>, <c>--name</c>.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Reads the words.</summary>
    /// <param name="words">What the user typed.</param>
    /// <param name="known">All options that there are.</param>
    /// <exception cref="SampleException">An option is unknown, stands there twice, or has no value where it needs one, or the other way
    /// round.</exception>
    public Options(ReadOnlySpan<string> words, IReadOnlyList<Option> known)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var parts = words[i].Split('=', 2);
            var option = known.FirstOrDefault(option => "--" + option.Name == parts[0])
                ?? throw SampleException.Usage($"there is no option '{words[i]}'");
            var needsNext = option.Value is not null && parts.Length == 1;
            if (option.Value is null && parts.Length == 2
                || needsNext && (i + 1 == words.Length || words[i + 1].StartsWith("--", StringComparison.Ordinal)))
            {
                throw SampleException.Usage($"expected {option}, got '{words[i]}'");
            }

            if (!values.TryAdd(option.Name, needsNext ? words[++i] : parts[^1]))
            {
                throw SampleException.Usage($"--{option.Name} stands there twice");
            }
        }
    }

    /// <summary>Whether the option was given.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>The text of an option, null if it was not given.</summary>
    /// <exception cref="SampleException">It is empty.</exception>
    public string? Text(string name) => values.TryGetValue(name, out var text)
        ? text.Length > 0 ? text : throw SampleException.Usage($"--{name}: expected a value, got nothing")
        : null;

    /// <summary>The number of an option, null if it was not given.</summary>
    /// <exception cref="SampleException">It is no number from <paramref name="least"/> to <paramref name="most"/>.</exception>
    public T? Number<T>(string name, T least, T most)
        where T : struct, INumber<T>
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw SampleException.Usage(
                string.Create(CultureInfo.InvariantCulture, $"--{name}: expected a number from {least} to {most}, got '{text}'"));
    }
}
