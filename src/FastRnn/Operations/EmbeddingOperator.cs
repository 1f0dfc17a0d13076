using FastRnn.Execution;
using FastRnn.Kernels;
using FastRnn.Testing;

namespace FastRnn.Operations;

/// <summary>Rows of the table <c>[Vocabulary, Size]</c> that the tokens of the source name. Its gradient is scattered with that of all
/// rows, in the order of sums (<see cref="WeightGradients"/>).</summary>
internal sealed unsafe class EmbeddingOperator : LayerOperator
{
    /// <inheritdoc/>
    public override void Forward(ForwardPass pass, LayerStep step, int worker)
    {
        var (time, y, size) = (pass.Plan[step.Time], pass.Workspace.Values(step.Index, worker), step.Info.OutputSize);
        var table = pass.Workspace.Model.Parameter(step.Index, 0);
        var (begin, end) = time.SegmentsOf(pass.Plan.Part(worker));
        for (var s = begin; s < end; s++)
        {
            ref var segment = ref time.Segments[s];
            for (var t = segment.From; t < segment.To; t++)
            {
                var tokens = pass.Workspace.SourceTokens + segment.Position + ((nint)(t - segment.From) * segment.Batch);
                for (var row = segment.RowBegin; row < segment.RowEnd; row++)
                {
                    VectorRows.Copy(table + ((nint)tokens[row] * size), y.At(t, segment.FirstRow + row), size);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(BackwardPass pass, LayerStep step, int worker)
    {
        // Nothing reads the tokens' gradient.
    }

    /// <inheritdoc/>
    public override double[][] Reference(ReferenceStep step) =>
        ReferenceInput.Rows(step.Parameters, step.Layer.OutputSize, step.SourceTokens, "Token of the source");
}
