using System.Text.RegularExpressions;

using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Readme;

/// <summary>Tests that pages name: `` `Class` `` or `` `Class.Method` ``.</summary>
internal sealed partial class NamedTests
{
    private readonly List<string> sources = [.. Checkout.Sources("tests").Select(file => string.Join('\n', Checkout.Lines(file)))];

    /// <summary>Whether a text names any.</summary>
    public static bool IsIn(string text) => Name().IsMatch(text);

    /// <summary>Those that a text names and that do not exist.</summary>
    public IEnumerable<string> Missing(string text) =>
        from Match name in Name().Matches(text)
        let type = name.Groups[1].Value
        let method = name.Groups[2].Value
        where !sources.Exists(source =>
            Regex.IsMatch(source, $@"\bclass {type}\b") && (method.Length == 0 || Regex.IsMatch(source, $@"\b(void|Task) {method}\(")))
        select name.Value;

    [GeneratedRegex(@"`([A-Z]\w+)(?:\.([A-Z]\w+))?`")]
    private static partial Regex Name();
}
