using FastRnn.Execution;
using FastRnn.Kernels;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>The sum of all sources, which are equally long; each of them has the whole gradient.</summary>
internal sealed unsafe class SumOperator : LayerOperator
{
    /// <inheritdoc/>
    public override bool IsStepwise => true;

    /// <inheritdoc/>
    public override void Forward(ForwardPass pass, LayerStep step, int worker)
    {
        var (rows, y, size) = (pass.Plan.Rows(worker), pass.Workspace.Values(step.Index, worker), step.Info.OutputSize);
        for (var i = 0; i < step.Sources.Length; i++)
        {
            var x = pass.Workspace.Values(step.Sources[i], worker);
            for (var row = rows.Begin; row < rows.End; row++)
            {
                for (var t = 0; t < Steps(pass.Plan, step, worker, row); t++)
                {
                    if (i == 0)
                    {
                        VectorRows.Copy(x.At(t, row), y.At(t, row), size);
                    }
                    else
                    {
                        VectorRows.Add(x.At(t, row), y.At(t, row), Floats(step));
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(BackwardPass pass, LayerStep step, int worker)
    {
        var (rows, dY) = (pass.Plan.Rows(worker), pass.Gradients(step.Index, worker));
        for (var i = 0; i < step.Sources.Length; i++)
        {
            if (pass.HasEdge(step.Index, i))
            {
                var dX = pass.Edge(step.Index, i, worker);
                for (var row = rows.Begin; row < rows.End; row++)
                {
                    Copy(in dY, in dX, row, Steps(pass.Plan, step, worker, row), Floats(step));
                }
            }
        }
    }

    /// <inheritdoc/>
    public override double[][] Reference(ReferenceStep step) => ReferenceOperations.Sum(step.Sources);
}
