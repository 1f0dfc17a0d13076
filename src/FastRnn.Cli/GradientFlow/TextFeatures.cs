namespace FastRnn.Cli.GradientFlow;

/// <summary>What a reader knows of every character of a program's text: what the neurons of a model that reads it may have found out by
/// themselves (Karpathy, Johnson and Li 2015 looked for the same).</summary>
internal static class TextFeatures
{
    private const double LineLength = 100;

    /// <summary>Names, and a number for each character, as it is when the character was just read.</summary>
    public static IReadOnlyList<(string Name, double[] Values)> Of(string text)
    {
        var names = new[] { "the place in the line", "being inside quotes", "being inside ( )", "the depth of { }", "being in a comment",
            "the indent at a line's begin", "being inside a word" };
        var values = names.Select(_ => new double[text.Length]).ToArray();
        var (column, isQuoted, round, braces, isComment, isIndent) = (0, false, 0, 0, false, true);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            isComment |= c == '/' && i > 0 && text[i - 1] == '/';
            isQuoted ^= c == '"' && !isComment;
            round = Math.Max(0, round + (c == '(' ? 1 : c == ')' ? -1 : 0));
            braces = Math.Max(0, braces + (c == '{' ? 1 : c == '}' ? -1 : 0));
            (column, isQuoted, isComment, isIndent) = c == '\n'
                ? (0, false, false, true) : (column + 1, isQuoted, isComment, isIndent && c == ' ');
            double[] here = [Math.Min(1, column / LineLength), One(isQuoted), One(round > 0), braces, One(isComment), One(isIndent),
                One(char.IsAsciiLetterOrDigit(c))];
            for (var f = 0; f < here.Length; f++)
            {
                values[f][i] = here[f];
            }
        }

        return [.. names.Zip(values)];
    }

    /// <summary>Pearson's correlation, -1 to 1; 0 if either never changes.</summary>
    public static double Correlation(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (meanA, meanB) = (Mean(a), Mean(b));
        var (product, squareA, squareB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            product += (a[i] - meanA) * (b[i] - meanB);
            squareA += (a[i] - meanA) * (a[i] - meanA);
            squareB += (b[i] - meanB) * (b[i] - meanB);
        }

        var scale = Math.Sqrt(squareA * squareB);
        return scale > 0 && double.IsFinite(scale) ? product / scale : 0;
    }

    private static double One(bool value) => value ? 1 : 0;

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / Math.Max(1, values.Length);
    }
}
