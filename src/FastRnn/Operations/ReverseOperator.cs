using FastRnn.Execution;
using FastRnn.Kernels;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>Each sequence from its last step to its first; the gradient goes the same way.</summary>
internal sealed unsafe class ReverseOperator : LayerOperator
{
    /// <inheritdoc/>
    public override void Forward(ForwardPass pass, LayerStep step, int worker)
    {
        var (x, y) = (pass.Workspace.Values(step.Sources[0], worker), pass.Workspace.Values(step.Index, worker));
        Reverse(pass.Plan, step, worker, in x, in y);
    }

    /// <inheritdoc/>
    public override void Backward(BackwardPass pass, LayerStep step, int worker)
    {
        if (pass.HasEdge(step.Index, 0))
        {
            var (dY, dX) = (pass.Gradients(step.Index, worker), pass.Edge(step.Index, 0, worker));
            Reverse(pass.Plan, step, worker, in dY, in dX);
        }
    }

    /// <inheritdoc/>
    public override double[][] Reference(ReferenceStep step) => [.. Enumerable.Reverse(step.Sources[0])];

    private static void Reverse(BatchPlan plan, LayerStep step, int worker, in SequenceRows from, in SequenceRows to)
    {
        var rows = plan.Rows(worker);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            var steps = Steps(plan, step, worker, row);
            for (var t = 0; t < steps; t++)
            {
                VectorRows.Copy(from.At(steps - 1 - t, row), to.At(t, row), step.Info.OutputSize);
            }
        }
    }
}
