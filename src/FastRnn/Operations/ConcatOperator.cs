using FastRnn.Execution;
using FastRnn.Kernels;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>All sources, one behind the other. Of a layer behind this one, which is fed back, it is the step before; in the first step its
/// states are zeros (<see cref="FeedingLoop"/>).</summary>
internal sealed unsafe class ConcatOperator : LayerOperator
{
    /// <inheritdoc/>
    public override bool IsStepwise => true;

    /// <inheritdoc/>
    public override void Forward(ForwardPass pass, LayerStep step, int worker)
    {
        var (rows, y, offset) = (pass.Plan.Rows(worker), pass.Workspace.Values(step.Index, worker), 0);
        foreach (var source in step.Sources)
        {
            var x = source > step.Index ? pass.Workspace.ValuesBefore(source, worker) : pass.Workspace.Values(source, worker);
            var (part, size) = (y.From(offset), pass.Workspace.SizeOf(source));
            for (var row = rows.Begin; row < rows.End; row++)
            {
                Copy(in x, in part, row, Steps(pass.Plan, step, worker, row), size);
            }

            offset += size;
        }
    }

    /// <inheritdoc/>
    public override void Backward(BackwardPass pass, LayerStep step, int worker)
    {
        var (rows, dY, offset) = (pass.Plan.Rows(worker), pass.Gradients(step.Index, worker), 0);
        for (var i = 0; i < step.Sources.Length; i++)
        {
            var size = pass.Forward.Workspace.SizeOf(step.Sources[i]);
            if (pass.HasEdge(step.Index, i))
            {
                var (part, dX) = (dY.From(offset), pass.Edge(step.Index, i, worker));
                var before = step.Sources[i] > step.Index ? 1 : 0;
                var first = before - pass.Plan[step.Time].FirstOf(pass.Plan.Part(worker));
                for (var row = rows.Begin; row < rows.End; row++)
                {
                    for (var t = Math.Max(0, first); t < Steps(pass.Plan, step, worker, row); t++)
                    {
                        VectorRows.Copy(part.At(t, row), dX.At(t - before, row), size);
                    }
                }
            }

            offset += size;
        }
    }

    /// <inheritdoc/>
    public override double[][] Reference(ReferenceStep step) => ReferenceOperations.Concat(step.Sources);
}
