using FastRnn.Execution;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>The first source with the first numbers of the second added. The first has the whole gradient, and so have those
/// numbers.</summary>
internal sealed unsafe class SkipOperator : LayerOperator
{
    /// <inheritdoc/>
    public override bool IsStepwise => true;

    /// <inheritdoc/>
    public override void Forward(ForwardPass pass, LayerStep step, int worker)
    {
        var (rows, y) = (pass.Plan.Rows(worker), pass.Workspace.Values(step.Index, worker));
        var (x, added) = (pass.Workspace.Values(step.Sources[0], worker), pass.Workspace.Values(step.Sources[1], worker));
        for (var row = rows.Begin; row < rows.End; row++)
        {
            for (var t = 0; t < Steps(pass.Plan, step, worker, row); t++)
            {
                var to = y.At(t, row);
                VectorRows.Copy(x.At(t, row), to, Floats(step));
                VectorRows.Add(added.At(t, row), to, Floats(step));
                VectorRows.Flush(to, Floats(step));
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(BackwardPass pass, LayerStep step, int worker)
    {
        var (rows, dY, size) = (pass.Plan.Rows(worker), pass.Gradients(step.Index, worker), step.Info.OutputSize);
        var rest = Padding.RoundUp(pass.Forward.Workspace.SizeOf(step.Sources[1])) - size;
        for (var row = rows.Begin; row < rows.End; row++)
        {
            var steps = Steps(pass.Plan, step, worker, row);
            if (pass.HasEdge(step.Index, 0))
            {
                var dX = pass.Edge(step.Index, 0, worker);
                Copy(in dY, in dX, row, steps, Floats(step));
            }

            if (!pass.HasEdge(step.Index, 1))
            {
                continue;
            }

            var dAdded = pass.Edge(step.Index, 1, worker);
            Copy(in dY, in dAdded, row, steps, size);
            for (var t = 0; t < steps; t++)
            {
                VectorRows.Clear(dAdded.At(t, row) + size, rest);
            }
        }
    }

    /// <inheritdoc/>
    public override double[][] Reference(ReferenceStep step) =>
        [.. step.Sources[0].Zip(step.Sources[1], (y, x) => y.Zip(x, (a, b) => a + b).ToArray())];
}
