using System.Text.RegularExpressions;

using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Readme;

/// <summary>A fenced block of README.md, with the comment above it that says what a test makes of it:
/// <c>&lt;!-- kind: argument --&gt;</c>.</summary>
internal sealed partial record ReadmeBlock(string Kind, string Argument, string Language, IReadOnlyList<string> Lines)
{
    public const string File = "README.md";

    public static IReadOnlyList<ReadmeBlock> All { get; } = In(File);

    public string Text => string.Join('\n', Lines) + "\n";

    public static IReadOnlyList<ReadmeBlock> Of(string kind) => [.. All.Where(block => block.Kind == kind)];

    /// <summary>The blocks of another page.</summary>
    public static IReadOnlyList<ReadmeBlock> In(string page) => [.. Read(Checkout.Lines(page))];

    /// <summary>The command lines, without comments.</summary>
    public static IReadOnlyList<string> Commands() =>
        [.. All.Where(block => block.Language == "sh").SelectMany(block => block.Lines).Select(line => line.Split('#')[0].Trim())];

    private static IEnumerable<ReadmeBlock> Read(string[] lines)
    {
        for (var start = 0; start < lines.Length; start++)
        {
            if (!lines[start].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            var end = Array.IndexOf(lines, "```", start + 1);
            var mark = start > 0 ? Mark().Match(lines[start - 1]) : Match.Empty;
            yield return new ReadmeBlock(
                mark.Groups["kind"].Value, mark.Groups["argument"].Value, lines[start][3..], lines[(start + 1)..end]);
            start = end;
        }
    }

    [GeneratedRegex(@"^<!-- (?<kind>\w+)(: (?<argument>.+))? -->$")]
    private static partial Regex Mark();
}
