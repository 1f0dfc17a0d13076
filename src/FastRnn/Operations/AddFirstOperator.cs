using FastRnn.CompilerServices;
using FastRnn.Execution;
using FastRnn.Kernels;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>The first source, with the second, one vector a sequence, added where the sequence begins.</summary>
internal sealed unsafe class AddFirstOperator : LayerOperator
{
    /// <inheritdoc/>
    public override void Forward(ForwardPass pass, LayerStep step, int worker)
    {
        var (rows, plan) = (pass.Plan.Rows(worker), pass.Plan);
        var (x, y, added) = (pass.Workspace.Values(step.Sources[0], worker), pass.Workspace.Values(step.Index, worker),
            pass.Workspace.Values(step.Sources[1], worker));
        for (var row = rows.Begin; row < rows.End; row++)
        {
            var steps = Steps(plan, step, worker, row);
            Copy(in x, in y, row, steps, step.Info.OutputSize);
            if (steps > 0 && !pass.IsContinued)
            {
                VectorRows.Add(added.At(0, plan.RowIn(TimeDomain.Single, step.Time, row)), y.At(0, row), Floats(step));
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(BackwardPass pass, LayerStep step, int worker)
    {
        var (rows, plan, dY) = (pass.Plan.Rows(worker), pass.Plan, pass.Gradients(step.Index, worker));
        for (var row = rows.Begin; row < rows.End; row++)
        {
            if (pass.HasEdge(step.Index, 0))
            {
                var dX = pass.Edge(step.Index, 0, worker);
                Copy(in dY, in dX, row, Steps(plan, step, worker, row), Floats(step));
            }

            if (pass.HasEdge(step.Index, 1))
            {
                var added = pass.Edge(step.Index, 1, worker).At(0, plan.RowIn(TimeDomain.Single, step.Time, row));
                if (Steps(plan, step, worker, row) > 0)
                {
                    VectorRows.Copy(dY.At(0, row), added, Floats(step));
                }
                else
                {
                    VectorRows.Clear(added, Floats(step));
                }
            }
        }
    }

    /// <inheritdoc/>
    public override double[][] Reference(ReferenceStep step) =>
        [ReferenceOperations.Sum([[step.Sources[0][0]], step.Sources[1]])[0], .. step.Sources[0].Skip(1)];
}
