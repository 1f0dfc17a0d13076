namespace FastRnn.Testing;

/// <summary>Arrays of arrays of the reference: made, checked and copied.</summary>
internal static class ReferenceShape
{
    public static double[][] Zeros(int batch, int size) => [.. Enumerable.Range(0, batch).Select(_ => new double[size])];

    /// <summary>Checks that an array is <c>[T][B][n]</c>.</summary>
    public static void Check(double[][][] values, int steps, int batch, int size, string what)
    {
        Expect(values.Length, steps, what, "steps");
        for (var t = 0; t < steps; t++)
        {
            Check(values[t], batch, size, $"{what}, step {t}");
        }
    }

    /// <summary>Checks that two arrays <c>[T][B][...]</c> have the same shape.</summary>
    public static void CheckSame(double[][][] values, double[][][] others)
    {
        Expect(others.Length, values.Length, "Second operand", "steps");
        for (var t = 0; t < values.Length; t++)
        {
            Expect(others[t].Length, values[t].Length, $"Second operand, step {t}", "sequences");
            for (var row = 0; row < values[t].Length; row++)
            {
                Expect(others[t][row].Length, values[t][row].Length, $"Second operand, step {t}, sequence {row}", "numbers");
            }
        }
    }

    /// <summary>A deep copy of states <c>[layer][state][B][...]</c>, checked.</summary>
    public static double[][][][] CopyStates(ModelInfo info, int batch, double[][][][] states)
    {
        Expect(states.Length, info.Layers.Count, "States", "layers");
        var copy = new double[states.Length][][][];
        for (var layer = 0; layer < copy.Length; layer++)
        {
            var declared = info.Layers[layer].States;
            Expect(states[layer].Length, declared.Count, $"States, layer {layer}", "states");
            copy[layer] = new double[declared.Count][][];
            for (var state = 0; state < declared.Count; state++)
            {
                Check(states[layer][state], batch, declared[state].Size, $"State {declared[state].Name} of layer {layer}");
                copy[layer][state] = [.. states[layer][state].Select(row => (double[])row.Clone())];
            }
        }

        return copy;
    }

    private static void Check(double[][] values, int batch, int size, string what)
    {
        Expect(values.Length, batch, what, "sequences");
        for (var row = 0; row < batch; row++)
        {
            Expect(values[row].Length, size, $"{what}, sequence {row}", "numbers");
        }
    }

    public static void Expect(int actual, int expected, string what, string unit)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"{what}: expected {expected} {unit}, got {actual}.");
        }
    }
}
