using FastRnn.CompilerServices;

namespace FastRnn.Testing;

/// <summary>With what the states of a layer of a <see cref="ReferenceGraph"/> begin.</summary>
internal static class ReferenceStart
{
    /// <summary>The first states of one sequence, <c>[state][...]</c>.</summary>
    public static double[][] Of(
        LayerInfo layer,
        int index,
        int number,
        IReadOnlyList<StateStart> starts,
        double[] parameters,
        double[][][] values,
        double[][][] states,
        ReferenceDraws? draws)
    {
        ReferenceShape.Expect(starts.Count, layer.States.Count, $"Starts of layer {index}", "states");
        var first = new double[starts.Count][];

        // A masked state is the product of two others, wherever they stand.
        foreach (var s in Enumerable.Range(0, first.Length).OrderBy(s => starts[s].Kind == StartKind.Masked))
        {
            var (start, size, name) = (starts[s], layer.States[s].Size, layer.States[s].Name);
            first[s] = start.Kind switch
            {
                StartKind.Zero => new double[size],
                StartKind.Random => draws is null ? new double[size] : Draw(draws.Start, s, size),
                StartKind.Learned => parameters.AsSpan(layer.Parameters[start.Index].Offset, layer.Parameters[start.Index].Count).ToArray(),
                StartKind.Layer => values[start.Index][0],
                StartKind.LastState => states[start.Index][start.State],
                StartKind.Mask => draws is null ? [.. Enumerable.Repeat(1.0, size)] : Draw(draws.Mask, s, size),
                StartKind.Zoneout => [.. Enumerable.Repeat((double)start.Value, size)],
                StartKind.Masked => [.. first[start.Index].Zip(first[start.State], (state, mask) => state * mask)],
                _ => throw new ArgumentException($"Start of state {name} of layer {index}: {start.Kind} is no start.", nameof(starts)),
            };
            ReferenceShape.Expect(first[s].Length, size, $"Start of state {name} of layer {index}", "numbers");
        }

        return first;

        double[] Draw(Func<int, int, int, int, double> draw, int state, int size) =>
            [.. Enumerable.Range(0, size).Select(unit => draw(index, number, state, unit))];
    }
}
