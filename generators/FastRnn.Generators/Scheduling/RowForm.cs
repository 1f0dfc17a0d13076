namespace FastRnn.Generators.Scheduling;

/// <summary>The form of a forward kernel for a single row, a stream.</summary>
/// <param name="IsProduct">Whether the runtime's tiles make the sums: in layers whose weights outgrow the first cache. In a smaller layer a
/// step is one chain of latencies, and its sums stay in registers until the equations have them.</param>
internal sealed record RowForm(bool IsProduct)
{
    /// <summary>Tiles of a single row that the runtime sums together at most.</summary>
    private const int MostTiles = 6;

    /// <summary>Weights from which on the runtime's tiles make the sums of a single row. LSTM 1 to 64 (16,640) and GRU 1 to 64 (12,480)
    /// lose 3 to 14 % by them, LSTM 64 to 128 (98,304) gains 10 to 20 % (Zen 5, 512 bits, benchmarks/Before).</summary>
    private const int FewestWeights = 24_000;

    /// <summary>The form of a kernel at one width; null if it sums nothing: then a single row is a row like any other.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="tile">Its tile.</param>
    /// <param name="product">The form of its sums, if the runtime makes those of batches.</param>
    public static RowForm? Of(KernelPlan kernel, TilePlan tile, ProductForm? product) => kernel.Accumulators.Count == 0 ? null
        : new(
            product is not null && kernel.IsPaired && kernel.Weights >= FewestWeights && kernel.Operands.All(o => o.Chains == 1)
            && tile.RowTiles <= MostTiles && (kernel.Hoisted is null || !product.SkipsFirst[0]));
}
