namespace FastRnn.Testing;

/// <summary>What a layer of a <see cref="ReferenceGraph"/> reads of a sequence, checked: vectors, step after step.</summary>
internal static class ReferenceInput
{
    public static double[][] Main(ModelInfo info, double[] embedding, ReferenceSequence sequence)
    {
        var rows = info.Input switch
        {
            InputKind.Vector => Vectors(sequence.Inputs, info.InputSize, "Inputs"),
            InputKind.Embedding => Rows(embedding, info.InputSize, sequence.Tokens, "Token"),
            InputKind.Mixed => SideBySide(InputPlace.Of(info), info.TokenCount, embedding, sequence.Inputs, sequence.Tokens, ""),
            _ => OneHot(sequence.Tokens, info.Vocabulary, "Token"),
        };
        if (sequence.Present.Length == 0)
        {
            return rows;
        }

        ReferenceShape.Expect(sequence.Present.Length, rows.Length, "Present", "steps");
        return [.. rows.Select((row, t) => sequence.Present[t] ? row : new double[row.Length])];
    }

    public static double[][] Source(ModelInfo info, double[] embedding, ReferenceSequence sequence) => info.Source switch
    {
        { Input: InputKind.Mixed } source => SideBySide(
            InputPlace.OfSource(info), source.TokenCount, embedding, sequence.SourceInputs, sequence.SourceTokens, " of the source"),
        null or { Input: InputKind.Embedding } => [],
        { Input: InputKind.Vector } source => Vectors(sequence.SourceInputs, source.InputSize, "Inputs of the source"),
        var source => OneHot(sequence.SourceTokens, source.Vocabulary, "Token of the source"),
    };

    public static double[][] Condition(ModelInfo info, ReferenceSequence sequence)
    {
        ReferenceShape.Expect(sequence.Condition.Length, info.ConditionSize, "Condition", "numbers");
        return [sequence.Condition];
    }

    /// <summary>The rows of a table that the tokens name.</summary>
    public static double[][] Rows(double[] table, int size, int[] tokens, string what) =>
        Look(tokens, table.Length / size, what, token => table.AsSpan(token * size, size).ToArray());

    /// <summary>Several inputs, one behind the other.</summary>
    private static double[][] SideBySide(
        InputPlace[] inputs, int count, double[] embedding, double[][] vectors, int[] tokens, string where)
    {
        var parts = inputs.Select(input =>
        {
            if (input.Kind == InputKind.Vector)
                return Vectors(vectors, input.Size, "Inputs" + where);
            ReferenceShape.Expect(tokens.Length % count, 0, "Tokens" + where + $" beyond a multiple of {count}", "numbers");
            int[] own = [.. tokens.Where((_, i) => i % count == input.Token)];
            var what = $"Token {input.Token}{where}";
            return input.Kind == InputKind.OneHot
                ? OneHot(own, input.Vocabulary, what)
                : Rows([.. embedding.AsSpan(input.Table, input.Vocabulary * input.Size)], input.Size, own, what);
        }).ToArray();
        foreach (var part in parts)
            ReferenceShape.Expect(part.Length, parts[0].Length, "Inputs and tokens" + where, "steps");
        return [.. parts[0].Select((_, t) => parts.SelectMany(part => part[t]).ToArray())];
    }

    private static double[][] OneHot(int[] tokens, int vocabulary, string what) =>
        Look(tokens, vocabulary, what, token => [.. Enumerable.Range(0, vocabulary).Select(i => i == token ? 1.0 : 0)]);

    private static double[][] Look(int[] tokens, int vocabulary, string what, Func<int, double[]> row)
    {
        ExpectSteps(tokens.Length, what);
        for (var t = 0; t < tokens.Length; t++)
        {
            if ((uint)tokens[t] >= (uint)vocabulary)
            {
                throw new ArgumentException($"{what}, step {t}: expected 0 to {vocabulary - 1}, got {tokens[t]}.");
            }
        }

        return [.. tokens.Select(row)];
    }

    private static double[][] Vectors(double[][] vectors, int size, string what)
    {
        ExpectSteps(vectors.Length, what);
        for (var t = 0; t < vectors.Length; t++)
        {
            ReferenceShape.Expect(vectors[t].Length, size, $"{what}, step {t}", "numbers");
        }

        return vectors;
    }

    private static void ExpectSteps(int steps, string what)
    {
        if (steps == 0)
        {
            throw new ArgumentException($"{what}: expected at least one step, got none.");
        }
    }
}
