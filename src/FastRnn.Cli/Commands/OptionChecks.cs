using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace FastRnn.Cli.Commands;

/// <summary>Ranges of numbers, checked while the command line is read.</summary>
internal static class OptionChecks
{
    /// <summary>A path: what looks like an option is a misspelt one. A file of such a name can be written <c>./-name</c>.</summary>
    public static Argument<T> NoOption<T>(this Argument<T> argument)
        where T : class?
    {
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
            {
                result.AddError($"There is no option '{token.Value}'.");
            }

            if (result.Tokens.Any(token => token.Value.Length == 0))
            {
                result.AddError($"{argument.Name}: expected a path, got an empty text");
            }
        });
        return argument;
    }

    /// <summary>A path: an empty one is a variable of the shell that is not set.</summary>
    public static Option<string> NotEmpty(this Option<string> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
            {
                result.AddError($"{option.Name}: expected a path, got an empty text");
            }
        });
        return option;
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public static Option<T?> Between<T>(this Option<T?> option, T least, T most)
        where T : struct, INumber<T> =>
        option.Check(
            value => value >= least && value <= most, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));

    /// <summary>A number that is not negative.</summary>
    public static Option<T?> NotNegative<T>(this Option<T?> option)
        where T : struct, INumber<T> =>
        option.Check(value => T.IsFinite(value) && value >= T.Zero, "0 or more");

    /// <summary>A number from 0 to below <paramref name="bound"/>.</summary>
    public static Option<T?> Below<T>(this Option<T?> option, T bound)
        where T : struct, INumber<T> =>
        option.Check(
            value => value >= T.Zero && value < bound, string.Create(CultureInfo.InvariantCulture, $"a number from 0 to below {bound}"));

    /// <summary>A number above 0.</summary>
    public static Option<T?> Positive<T>(this Option<T?> option)
        where T : struct, INumber<T> =>
        option.Check(value => T.IsFinite(value) && value > T.Zero, "a number above 0");

    private static Option<T?> Check<T>(this Option<T?> option, Func<T, bool> isGood, string expected)
        where T : struct, INumber<T>
    {
        // Parsed here and not by the library, whose message would name a .NET type.
        option.CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (T.TryParse(text, CultureInfo.InvariantCulture, out var value) && isGood(value))
            {
                return value;
            }

            result.AddError($"{option.Name}: expected {expected}, got '{text}'");
            return null;
        };
        return option;
    }
}
