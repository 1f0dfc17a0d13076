namespace FastRnn.Generators.Scheduling;

/// <summary>The form of a kernel whose sums are a matrix product, which the runtime's tiles make: every operand multiplies all accumulators
/// in their order, or every one all but the first or the last, and these begin with the head's vectors or with zero. The sums of others are
/// emitted.</summary>
/// <param name="Vectors">Vectors of a tile's accumulators.</param>
/// <param name="IsPart">Whether operands multiply all accumulators but one.</param>
/// <param name="SkipsFirst">For each operand whether that one is the first.</param>
/// <param name="FetchesAhead">Whether a tile asks for the next panel while it multiplies, so that it need not wait for the third cache
/// level.</param>
/// <param name="Depth">Elements of an operand that all rows multiply before the next ones, so that their weights are read from the first
/// cache; 0 if a tile goes through all of them at once. A tile of 16 registers has three rows of an LSTM, and its multiply-adds would wait
/// for a panel that only the second cache holds; one of 32 registers of 512 bits has twice as many, and does not (measured).</param>
internal sealed record ProductForm(int Vectors, bool IsPart, EquatableArray<bool> SkipsFirst, bool FetchesAhead, int Depth)
{
    /// <summary>Vectors of the widest tile that the runtime has.</summary>
    public const int MostVectors = 5;

    /// <summary>Bytes of panels from which on they do not stay in every second cache level (512 KB in many cores).</summary>
    private const long AheadBytes = 512 * 1024;

    /// <summary>Bytes of a panel's block: as many as the first cache has in many cores. A fourth and a half of it are slower (measured):
    /// weights pass by in order, so that what was driven out is fetched again ahead of its use.</summary>
    private const int BlockBytes = 32 * 1024;

    /// <summary>Floats of the widest vector, of which there are 32 registers.</summary>
    private const int WideLanes = 16;

    /// <summary>The form of a kernel at one width; null if its sums are emitted.</summary>
    public static ProductForm? Of(KernelPlan kernel, TilePlan tile)
    {
        var count = kernel.Accumulators.Count;
        var vectors = count * tile.UnitBlocks;
        if (count == 0 || vectors > MostVectors || !BeginWithHead(kernel))
        {
            return null;
        }

        var isPart = tile.UnitBlocks == 1 && count > 1 && kernel.Operands.Count > 0
            && kernel.Operands.All(o => Multiplies(o, 0, count - 1) || (!o.IsToken && Multiplies(o, 1, count - 1)));
        return isPart || kernel.Operands.All(o => Multiplies(o, 0, count))
            ? new(
                vectors, isPart, new(kernel.Operands.Select(o => isPart && Multiplies(o, 1, count - 1))),
                kernel.Floats(tile, false) * sizeof(float) > AheadBytes, DepthOf(kernel, tile, vectors))
            : null;
    }

    private static int DepthOf(KernelPlan kernel, TilePlan tile, int vectors)
    {
        var floats = kernel.Operands.Where(operand => !operand.IsToken).Sum(operand => operand.Length * operand.Terms.Count) * tile.Units;
        return tile.Lanes == WideLanes || floats * sizeof(float) <= BlockBytes || kernel.Operands.Any(operand => operand.Chains > 1) ? 0
            : BlockBytes / sizeof(float) / (vectors * tile.Lanes);
    }

    private static bool BeginWithHead(KernelPlan kernel) =>
        kernel.Biases.All(b => b < 0) || kernel.Biases.SequenceEqual(Enumerable.Range(0, kernel.Biases.Count));

    private static bool Multiplies(OperandPlan operand, int first, int count) =>
        operand.Terms.Select(t => t.Accumulator).SequenceEqual(Enumerable.Range(first, count));
}
