using FastRnn.CompilerServices;
using FastRnn.Execution;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>The context <c>c_t = sum_s alpha_ts values_s</c>, <c>alpha_t = softmax_s(score(query_t, keys_s))</c> over the steps of the
/// source. Sources of the layer: queries, keys, values.</summary>
internal abstract unsafe class AttentionOperator : LayerOperator
{
    /// <inheritdoc/>
    public sealed override bool IsAttention => true;

    /// <inheritdoc/>
    public sealed override void Forward(ForwardPass pass, LayerStep step, int worker)
    {
        var rows = pass.Plan.Rows(worker);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            var call = Call(pass, step, worker, row);
            ClearPadding(in call.Queries, call.Row, call.Steps, pass.Workspace.SizeOf(step.Sources[0]));
            if (pass.Plan[step.Time].IsFirstLook(pass.Plan.Part(worker)))
            {
                ClearPadding(in call.Keys, call.SourceRow, call.SourceSteps, pass.Workspace.SizeOf(step.Sources[1]));
                ClearPadding(in call.Values, call.SourceRow, call.SourceSteps, pass.Workspace.SizeOf(step.Sources[2]));
            }

            Attention.Forward(pass.Workspace.Model.Width, in call);
        }
    }

    /// <inheritdoc/>
    public sealed override void Backward(BackwardPass pass, LayerStep step, int worker)
    {
        var rows = pass.Plan.Rows(worker);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            var call = Call(pass.Forward, step, worker, row);
            call.DContexts = pass.Gradients(step.Index, worker);
            call.DQueries = pass.Edge(step.Index, 0, worker);
            call.DKeys = pass.Edge(step.Index, 1, worker);
            call.DValues = pass.Edge(step.Index, 2, worker);
            call.DV = call.V == null
                ? null : pass.Forward.Workspace[step.Index].DVector + ((nint)row * Padding.RoundUp(step.ParameterCount));
            call.Scratch = pass.SourceScratch(worker);
            call.GoesOn = !pass.Plan[step.Time].IsFirstLook(pass.Plan.Part(worker));
            Attention.Backward(pass.Forward.Workspace.Model.Width, in call);
        }
    }

    /// <inheritdoc/>
    public sealed override double[][] Reference(ReferenceStep step)
    {
        step.Attention = ReferenceOperations.Weights(step.Sources[0], step.Sources[1], (query, key) => Score(step, query, key));
        return ReferenceOperations.Attend(step.Attention, step.Sources[2]);
    }

    /// <summary>The score of a query and a key.</summary>
    protected abstract double Score(ReferenceStep step, double[] query, double[] key);

    private static AttentionCall Call(ForwardPass pass, LayerStep step, int worker, int row)
    {
        var (workspace, sources) = (pass.Workspace, step.Sources);
        var sourceRow = pass.Plan.RowIn(TimeDomain.Source, step.Time, row);
        return new AttentionCall
        {
            Steps = Steps(pass.Plan, step, worker, row),
            SourceSteps = pass.Plan[TimeDomain.Source].Length[sourceRow],
            Row = row,
            SourceRow = sourceRow,
            KeyFloats = Padding.RoundUp(workspace.SizeOf(sources[1])),
            ValueFloats = Padding.RoundUp(workspace.SizeOf(sources[2])),
            Factor = step.Info.Wiring.Rate,
            V = step.ParameterCount == 0 ? null : workspace[step.Index].Vector,
            Queries = workspace.Values(sources[0], worker),
            Keys = workspace.Values(sources[1], worker),
            Values = workspace.Values(sources[2], worker),
            Weights = AttentionWeights.Of(pass, step.Index, worker),
            Contexts = workspace.Values(step.Index, worker),
        };
    }

    /// <summary>What a cell leaves behind the end of a row may be anything; a dot product runs over it.</summary>
    private static void ClearPadding(in SequenceRows values, int row, int steps, int size)
    {
        for (var t = 0; t < steps; t++)
        {
            VectorRows.Clear(values.At(t, row) + size, Padding.RoundUp(size) - size);
        }
    }
}
