using System.Globalization;

namespace FastRnn.Interchange.Export;

/// <summary>Names of one Python scope that are taken, and new ones beside them.</summary>
/// <param name="taken">Names that mean something there.</param>
internal sealed class PythonNames(params IEnumerable<string> taken)
{
    private static readonly string[] Keywords =
    [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
        "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
        "return", "try", "while", "with", "yield",
    ];

    private readonly HashSet<string> all = [.. Keywords, .. taken];

    /// <summary>A name as it was wanted, or with a number if something has it already.</summary>
    /// <param name="wanted">A name of C#.</param>
    public string New(string wanted)
    {
        // Python takes some letters of C# for others (it normalizes names), so that two of them could be one.
        var name = string.Concat(wanted.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : 'v'));
        if (all.Add(name))
            return name;
        for (var i = 2; ; i++)
        {
            var numbered = name + "_" + i.ToString(CultureInfo.InvariantCulture);
            if (all.Add(numbered))
                return numbered;
        }
    }
}
