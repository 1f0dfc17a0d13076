using FastRnn.CompilerServices;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Threading;

namespace FastRnn.Execution;

/// <content>Parameters that no kernel knows: learned initial states, the vector of an additive attention, the table of an encoder's
/// embedding.</content>
internal sealed unsafe partial class WeightGradients
{
    /// <summary>A learned initial state: the sum of the gradients of the first states, sequence by sequence, where these began with
    /// it.</summary>
    private void Starts(int worker, int workers)
    {
        foreach (var step in workspace.Steps)
        {
            for (var s = 0; s < step.Starts.Length && !backward.Forward.IsContinued; s++)
            {
                if (step.Starts[s].Kind == StartKind.Learned && backward.Forward.Given?[step.Index][s] != true)
                {
                    BySequence(
                        backward.StateGradient(step.Index, s), step.StateSizes[s], step, step.Starts[s].Index, worker, workers);
                }
            }
        }
    }

    private void Vectors(int worker, int workers)
    {
        foreach (var step in workspace.Steps)
        {
            if (step.Operator?.IsAttention == true && step.ParameterCount > 0)
            {
                BySequence(workspace[step.Index].DVector, Padding.RoundUp(step.ParameterCount), step, 0, worker, workers);
            }
        }
    }

    private void Tables(int worker, int workers)
    {
        foreach (var step in workspace.Steps)
        {
            if (step.Info.Wiring.Operation == LayerOperation.Embedding)
            {
                var (size, time) = (step.Info.OutputSize, plan[TimeDomain.Source]);
                var (begin, end) = Partition.Range(size, worker, workers, Padding.Unit);
                EmbeddingRows.Scatter(
                    workspace.Model.Width, gradients + step.Info.ParameterOffset, size, workspace.SourceTokens, time.StepStride, time.Order,
                    time.Rows(backward.Gradient(step.Index), Padding.RoundUp(size), 0), begin, end);
            }
        }
    }

    /// <summary>Adds one row of each sequence, in the order of the sequences, to a parameter.</summary>
    private void BySequence(float* rows, nint stride, LayerStep step, int parameter, int worker, int workers)
    {
        var info = step.Info.Parameters[parameter];
        var target = gradients + step.Info.ParameterOffset + info.Offset;
        var (begin, end) = Partition.Range(info.Count, worker, workers, Padding.Unit);
        for (var sequence = plan.FirstSequence; sequence < plan.FirstSequence + plan.Count; sequence++)
        {
            var row = rows + (plan[step.Time].Row[sequence] * stride);
            for (var i = begin; i < end; i++)
            {
                target[i] += row[i];
            }
        }
    }
}
