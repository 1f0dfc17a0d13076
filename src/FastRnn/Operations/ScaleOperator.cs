using FastRnn.Execution;
using FastRnn.Kernels;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>Each number of its source times a constant; the gradient goes the same way with the same factor. What a small factor leaves
/// below 2^-100 is 0, as in every state.</summary>
internal sealed unsafe class ScaleOperator : LayerOperator
{
    /// <inheritdoc/>
    public override bool IsStepwise => true;

    /// <inheritdoc/>
    public override void Forward(ForwardPass pass, LayerStep step, int worker)
    {
        var (x, y) = (pass.Workspace.Values(step.Sources[0], worker), pass.Workspace.Values(step.Index, worker));
        Scale(pass.Plan, step, worker, in x, in y);
    }

    /// <inheritdoc/>
    public override void Backward(BackwardPass pass, LayerStep step, int worker)
    {
        if (pass.HasEdge(step.Index, 0))
        {
            var (dY, dX) = (pass.Gradients(step.Index, worker), pass.Edge(step.Index, 0, worker));
            Scale(pass.Plan, step, worker, in dY, in dX);
        }
    }

    /// <inheritdoc/>
    public override double[][] Reference(ReferenceStep step) =>
        ReferenceOperations.Multiply(step.Sources[0], (_, _) => step.Layer.Wiring.Rate);

    private static void Scale(BatchPlan plan, LayerStep step, int worker, in SequenceRows from, in SequenceRows to)
    {
        var (rows, factor) = (plan.Rows(worker), step.Info.Wiring.Rate);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            for (var t = 0; t < Steps(plan, step, worker, row); t++)
            {
                VectorRows.Scale(from.At(t, row), factor, to.At(t, row), Floats(step));
                VectorRows.Flush(to.At(t, row), Floats(step));
            }
        }
    }
}
