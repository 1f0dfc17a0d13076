using FastRnn.Kernels;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>The mean over the steps of each sequence.</summary>
internal sealed unsafe class PoolMeanOperator : PoolOperator
{
    /// <inheritdoc/>
    public override double[][] Reference(ReferenceStep step) => [ReferenceOperations.Mean(step.Sources[0])];

    /// <inheritdoc/>
    protected override void Pool(in SequenceRows x, int row, int steps, int floats, float* y) =>
        PoolingRows.Mean(in x, row, steps, floats, y);

    /// <inheritdoc/>
    protected override void Unpool(in SequenceRows x, float* y, float* dY, in SequenceRows dX, int row, int steps, int floats) =>
        PoolingRows.MeanGradient(dY, in dX, row, steps, floats);
}
