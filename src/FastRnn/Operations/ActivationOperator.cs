using FastRnn.Execution;
using FastRnn.Kernels;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>A function of each number of its source.</summary>
internal sealed unsafe class ActivationOperator : LayerOperator
{
    /// <inheritdoc/>
    public override bool IsStepwise => true;

    /// <inheritdoc/>
    public override void Forward(ForwardPass pass, LayerStep step, int worker)
    {
        var (rows, width, function) = (pass.Plan.Rows(worker), pass.Workspace.Model.Width, step.Info.Wiring.Activation);
        var (x, y) = (pass.Workspace.Values(step.Sources[0], worker), pass.Workspace.Values(step.Index, worker));
        for (var row = rows.Begin; row < rows.End; row++)
        {
            for (var t = 0; t < Steps(pass.Plan, step, worker, row); t++)
            {
                ActivationRows.Run(width, function, x.At(t, row), y.At(t, row), Floats(step));
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(BackwardPass pass, LayerStep step, int worker)
    {
        if (!pass.HasEdge(step.Index, 0))
        {
            return;
        }

        var (workspace, rows, function) = (pass.Forward.Workspace, pass.Plan.Rows(worker), step.Info.Wiring.Activation);
        var (x, y) = (workspace.Values(step.Sources[0], worker), workspace.Values(step.Index, worker));
        var (dY, dX) = (pass.Gradients(step.Index, worker), pass.Edge(step.Index, 0, worker));
        for (var row = rows.Begin; row < rows.End; row++)
        {
            for (var t = 0; t < Steps(pass.Plan, step, worker, row); t++)
            {
                ActivationRows.Gradient(
                    workspace.Model.Width, function, x.At(t, row), y.At(t, row), dY.At(t, row), dX.At(t, row), Floats(step));
            }
        }
    }

    /// <inheritdoc/>
    public override double[][] Reference(ReferenceStep step) =>
        [.. step.Sources[0].Select(x => DenseReference.Apply(step.Layer.Wiring.Activation, x))];
}
