namespace FastRnn.Benchmarks.Peers.OnnxRuntime;

/// <summary>PyTorch's gates in ONNX's order: LSTM i, o, f, c; GRU z, r, h.</summary>
internal static class OnnxWeights
{
    /// <summary>Puts the rows of the gates into ONNX's order.</summary>
    /// <param name="cell">Whose gates.</param>
    /// <param name="values">Gate after gate in PyTorch's order.</param>
    public static float[] Reorder(CellKind cell, float[] values)
    {
        ReadOnlySpan<int> order = cell switch
        {
            CellKind.Lstm => [0, 3, 1, 2],
            CellKind.Gru => [1, 0, 2],
            _ => [0],
        };
        var size = values.Length / order.Length;
        var result = new float[values.Length];
        for (var gate = 0; gate < order.Length; gate++)
        {
            values.AsSpan(order[gate] * size, size).CopyTo(result.AsSpan(gate * size));
        }

        return result;
    }
}
