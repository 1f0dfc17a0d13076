using FastRnn.Execution;
using FastRnn.Kernels;

namespace FastRnn.Operations;

/// <summary>One vector of a sequence.</summary>
internal abstract unsafe class PoolOperator : LayerOperator
{
    /// <inheritdoc/>
    public sealed override void Forward(ForwardPass pass, LayerStep step, int worker)
    {
        var (x, y) = (pass.Workspace.Values(step.Sources[0], worker), pass.Workspace.Values(step.Index, worker));
        var rows = pass.Plan.Rows(worker);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            var from = From(pass, step, row, out var steps);
            Pool(in x, from, steps, Floats(step), y.At(0, row));
        }
    }

    /// <inheritdoc/>
    public sealed override void Backward(BackwardPass pass, LayerStep step, int worker)
    {
        if (!pass.HasEdge(step.Index, 0))
        {
            return;
        }

        var workspace = pass.Forward.Workspace;
        var (x, y) = (workspace.Values(step.Sources[0], worker), workspace.Values(step.Index, worker));
        var (dY, dX) = (pass.Gradients(step.Index, worker), pass.Edge(step.Index, 0, worker));
        var rows = pass.Plan.Rows(worker);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            var from = From(pass.Forward, step, row, out var steps);
            Unpool(in x, y.At(0, row), dY.At(0, row), in dX, from, steps, Floats(step));
        }
    }

    /// <summary>One row.</summary>
    protected abstract void Pool(in SequenceRows x, int row, int steps, int floats, float* y);

    /// <summary>Its gradient.</summary>
    protected abstract void Unpool(in SequenceRows x, float* y, float* dY, in SequenceRows dX, int row, int steps, int floats);

    /// <summary>The row, and the length, of what a row is made of.</summary>
    private static int From(ForwardPass pass, LayerStep step, int row, out int steps)
    {
        var time = pass.Workspace.TimeOf(step.Sources[0]);
        var from = pass.Plan.RowIn(time, step.Time, row);
        steps = pass.Plan[time].Length[from];
        return from;
    }
}
