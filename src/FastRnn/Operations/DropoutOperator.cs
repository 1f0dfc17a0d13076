using FastRnn.Execution;
using FastRnn.Kernels;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>Dropout (Srivastava et al. 2014): in training numbers, drawn for each step of a sequence, become 0, and the others are
/// multiplied by <c>1 / (1 - rate)</c>. The gradient goes the same way with the same factors. Where nothing is dropped there is no such
/// step (<see cref="LayerStep.IsSkipped"/>).</summary>
internal sealed unsafe class DropoutOperator : LayerOperator
{
    /// <inheritdoc/>
    public override bool IsStepwise => true;

    /// <inheritdoc/>
    public override bool IsCopy(bool isTraining, bool isStream) => !isTraining;

    /// <inheritdoc/>
    public override void Forward(ForwardPass pass, LayerStep step, int worker)
    {
        var (x, y) = (pass.Workspace.Values(step.Sources[0], worker), pass.Workspace.Values(step.Index, worker));
        Drop(pass, step, worker, in x, in y);
    }

    /// <inheritdoc/>
    public override void Backward(BackwardPass pass, LayerStep step, int worker)
    {
        if (pass.HasEdge(step.Index, 0))
        {
            var (dY, dX) = (pass.Gradients(step.Index, worker), pass.Edge(step.Index, 0, worker));
            Drop(pass.Forward, step, worker, in dY, in dX);
        }
    }

    /// <inheritdoc/>
    public override double[][] Reference(ReferenceStep step) => step.Draws is null ? step.Sources[0]
        : ReferenceOperations.Multiply(
            step.Sources[0], (t, unit) => step.Draws.Dropout(step.Index, step.Sequence, step.FirstStep + t, unit));

    private static void Drop(ForwardPass pass, LayerStep step, int worker, in SequenceRows from, in SequenceRows to)
    {
        var (rows, time) = (pass.Plan.Rows(worker), pass.Plan[step.Time]);
        var (rate, size) = (step.Info.Wiring.Rate, step.Info.OutputSize);
        var first = pass.Plan.FirstStep + time.FirstOf(pass.Plan.Part(worker));
        for (var row = rows.Begin; row < rows.End; row++)
        {
            for (var t = 0; t < Steps(pass.Plan, step, worker, row); t++)
            {
                var x = from.At(t, row);
                var y = to.At(t, row);
                var key = RandomMask.Row(pass.Key.Value, step.Index, time.Sequence[row], first + t);
                for (var unit = 0; unit < size; unit++)
                {
                    y[unit] = rate == 0 ? x[unit] : x[unit] * RandomMask.Dropout(key, unit, rate);
                }
            }
        }
    }
}
