using FastRnn.Kernels;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>For each number its maximum over the steps of each sequence; of equal ones the first has the gradient.</summary>
internal sealed unsafe class PoolMaxOperator : PoolOperator
{
    /// <inheritdoc/>
    public override double[][] Reference(ReferenceStep step) => [ReferenceOperations.Max(step.Sources[0])];

    /// <inheritdoc/>
    protected override void Pool(in SequenceRows x, int row, int steps, int floats, float* y) =>
        PoolingRows.Max(in x, row, steps, floats, y);

    /// <inheritdoc/>
    protected override void Unpool(in SequenceRows x, float* y, float* dY, in SequenceRows dX, int row, int steps, int floats) =>
        PoolingRows.MaxGradient(in x, y, dY, in dX, row, steps, floats);
}
