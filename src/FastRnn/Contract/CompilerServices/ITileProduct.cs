namespace FastRnn.CompilerServices;

/// <summary>The innermost loops of a tile of R rows.</summary>
internal unsafe interface ITileProduct
{
    /// <summary>One chain of each sum: the first one over all operands, or another one of a single operand, which is added to the sums that
    /// are there.</summary>
    /// <param name="first">The first operand.</param>
    /// <param name="end">Behind the last one.</param>
    /// <param name="head">With what the first chain begins; null for zero, <paramref name="sums"/> to go on with each row's own.</param>
    /// <param name="w">The weights.</param>
    /// <param name="next">With each element one cache line of what stands here is asked for, into the second level.</param>
    /// <param name="row">The first row.</param>
    /// <param name="chain">Which chain.</param>
    /// <param name="sums">Receives the sums.</param>
    /// <param name="stride">Floats from one row of them to the next.</param>
    /// <typeparam name="R">The number of rows.</typeparam>
    static abstract void Sum<R>(
        TileOperand* first, TileOperand* end, float* head, float* w, float* next, int row, int chain, float* sums, nint stride)
        where R : unmanaged;
}
