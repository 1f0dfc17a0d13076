using System.Runtime.Intrinsics;

namespace FastRnn.Training;

/// <summary>The Euclidean norm of all gradients together. Squares are summed in double, in blocks of a fixed length that any worker may
/// compute, and the blocks in order: the same bits for every number of threads and every width (vectors of 512 bits are emulated where the
/// CPU has none).</summary>
internal static unsafe class GradientNorm
{
    /// <summary>Floats of a block.</summary>
    public const int BlockFloats = 4096;

    /// <summary>The number of blocks of <paramref name="count"/> floats.</summary>
    public static int BlockCount(nint count) => checked((int)((count + BlockFloats - 1) / BlockFloats));

    /// <summary>Sums the squares of the blocks from <paramref name="blockBegin"/> to <paramref name="blockEnd"/>, one partial sum for
    /// each.</summary>
    /// <param name="gradients">All gradients.</param>
    /// <param name="count">Their number, a multiple of 16.</param>
    /// <param name="partials">One for each block.</param>
    /// <param name="blockBegin">The first block.</param>
    /// <param name="blockEnd">One past the last block.</param>
    public static void SumBlocks(float* gradients, nint count, double* partials, int blockBegin, int blockEnd)
    {
        for (var block = blockBegin; block < blockEnd; block++)
        {
            var first = (nint)block * BlockFloats;
            partials[block] = SumBlock(gradients + first, (int)Math.Min(BlockFloats, count - first));
        }
    }

    /// <summary>The norm from the partial sums of all blocks.</summary>
    public static double FromPartials(double* partials, int blocks)
    {
        var sum = 0.0;
        for (var block = 0; block < blocks; block++)
            sum += partials[block];
        return Math.Sqrt(sum);
    }

    /// <summary>What gradients are multiplied by so that their norm does not exceed <paramref name="maxNorm"/>, as PyTorch's
    /// <c>clip_grad_norm_</c>: <c>min(1, maxNorm / (norm + 1e-6))</c>; NaN if the norm is NaN.</summary>
    public static float ClipFactor(double norm, float maxNorm) => (float)Math.Min(1.0, maxNorm / (norm + 1e-6));

    private static double SumBlock(float* values, int count)
    {
        var even = Vector512<double>.Zero;
        var odd = Vector512<double>.Zero;
        for (var i = 0; i < count; i += Vector512<float>.Count)
        {
            var (lower, upper) = Vector512.Widen(Vector512.Load(values + i));
            even += lower * lower;
            odd += upper * upper;
        }

        var sum = even + odd;
        var quarter = sum.GetLower() + sum.GetUpper();
        var pair = quarter.GetLower() + quarter.GetUpper();
        return pair.GetElement(0) + pair.GetElement(1);
    }
}
