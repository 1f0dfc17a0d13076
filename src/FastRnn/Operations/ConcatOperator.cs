using FastRnn.Execution;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>All sources, one behind the other.</summary>
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
            var (x, part, size) = (pass.Workspace.Values(source, worker), y.From(offset), pass.Workspace.SizeOf(source));
            for (var row = rows.Begin; row < rows.End; row++)
            {
                Copy(in x, in part, row, Steps(pass.Plan, step, row), size);
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
                for (var row = rows.Begin; row < rows.End; row++)
                {
                    Copy(in part, in dX, row, Steps(pass.Plan, step, row), size);
                }
            }

            offset += size;
        }
    }

    /// <inheritdoc/>
    public override double[][] Reference(ReferenceStep step) => ReferenceOperations.Concat(step.Sources);
}
