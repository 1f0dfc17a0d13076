using FastRnn.Kernels;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>The last step of each sequence. In a stream that is the one that just was.</summary>
internal sealed unsafe class PoolLastOperator : PoolOperator
{
    /// <inheritdoc/>
    public override bool CanStream => true;

    /// <inheritdoc/>
    public override bool IsCopy(bool isTraining, bool isStream) => isStream;

    /// <inheritdoc/>
    public override double[][] Reference(ReferenceStep step) => [step.Sources[0][^1]];

    /// <inheritdoc/>
    protected override void Pool(in SequenceRows x, int row, int steps, int floats, float* y) =>
        VectorRows.Copy(x.At(steps - 1, row), y, floats);

    /// <inheritdoc/>
    protected override void Unpool(in SequenceRows x, float* y, float* dY, in SequenceRows dX, int row, int steps, int floats) =>
        PoolingRows.LastGradient(dY, in dX, row, steps, floats);
}
