namespace FastRnn.Testing;

/// <summary>What layers without kernels compute, in double precision. Sequences are <c>[step][...]</c>.</summary>
internal static class ReferenceOperations
{
    public static double[][] Concat(double[][][] sources)
    {
        CheckSteps(sources);
        return [.. Enumerable.Range(0, sources[0].Length).Select(t => sources.SelectMany(source => source[t]).ToArray())];
    }

    public static double[][] Sum(double[][][] sources)
    {
        CheckSteps(sources);
        return [.. Enumerable.Range(0, sources[0].Length).Select(t => sources.Select(source => source[t]).Aggregate(Add))];
    }

    public static double[][] Multiply(double[][] values, Func<int, int, double> factor) =>
        [.. values.Select((row, t) => row.Select((value, unit) => value * factor(t, unit)).ToArray())];

    public static double[] Mean(double[][] values) => [.. values.Aggregate(Add).Select(sum => sum / values.Length)];

    public static double[] Max(double[][] values) =>
        [.. Enumerable.Range(0, values[0].Length).Select(unit => values.Max(row => row[unit]))];

    /// <summary><c>[T][S]</c>: for each query the softmax of its scores with all keys.</summary>
    public static double[][] Weights(double[][] queries, double[][] keys, Func<double[], double[], double> score) =>
        ReferenceLoss.Softmax([[.. queries.Select(query => keys.Select(key => score(query, key)).ToArray())]])[0];

    /// <summary><c>[T][...]</c>: the values <c>[S][...]</c>, weighted by <c>[T][S]</c>.</summary>
    public static double[][] Attend(double[][] weights, double[][] values)
    {
        ReferenceShape.Expect(values.Length, weights[0].Length, "Values of an attention", "steps");
        return [.. weights.Select(alpha => alpha.Zip(values, (a, value) => value.Select(v => a * v).ToArray()).Aggregate(Add))];
    }

    public static double Dot(double[] left, double[] right)
    {
        ReferenceShape.Expect(right.Length, left.Length, "Second operand of a product", "numbers");
        return left.Zip(right, (a, b) => a * b).Sum();
    }

    /// <summary><c>v . tanh(query + key)</c>.</summary>
    public static double AdditiveScore(double[] v, double[] query, double[] key) => Dot(v, [.. Add(query, key).Select(Math.Tanh)]);

    private static double[] Add(double[] left, double[] right)
    {
        ReferenceShape.Expect(right.Length, left.Length, "Second operand of a sum", "numbers");
        return [.. left.Zip(right, (a, b) => a + b)];
    }

    private static void CheckSteps(double[][][] sources)
    {
        foreach (var source in sources)
        {
            ReferenceShape.Expect(source.Length, sources[0].Length, "Source of a layer", "steps");
        }
    }
}
