using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Training;

/// <content>The loss of sequences of any lengths, with a weight for each position.</content>
internal sealed unsafe partial class LossPass<TModel>
{
    private bool hasWeights;

    /// <summary>What the loss is divided by if it is a mean: the sum of the weights of all positions.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>Checks the targets and weights of a batch whose input was taken.</summary>
    public void Take(in SequenceBatch batch, BatchInput<TModel> input, BatchPlan plan)
    {
        var isClassification = Info.Loss == LossKind.SoftmaxCrossEntropy;
        var shape = Info.OutputDomain == TimeDomain.Single ? "[B, ...]: one a sequence" : "one a position";
        BatchDoor.Empty(
            isClassification ? batch.Targets.Length : batch.TargetTokens.Length, isClassification ? "Targets" : "TargetTokens",
            Info.Name, isClassification ? "has tokens as targets" : "has numbers as targets");
        if (isClassification)
        {
            Door.Length(batch.TargetTokens.Length, input.OutputPositions, "TargetTokens", shape);
        }
        else
        {
            Door.Length(batch.Targets.Length, input.OutputPositions * Info.OutputSize, "Targets", shape);
        }

        hasWeights = !batch.Weights.IsEmpty;
        TotalWeight = plan[Info.OutputDomain].Positions;
        if (hasWeights)
        {
            Door.Length(batch.Weights.Length, input.OutputPositions, "Weights", shape);
            TotalWeight = BatchDoor.Weights(batch.Weights, input.Outputs, input.OutputLengths, plan.Count);
        }

        if (isClassification)
        {
            BatchDoor.Tokens(batch.TargetTokens, [], batch.Weights, input.Outputs, input.OutputLengths, plan.Count, Info.OutputSize, "TargetTokens");
        }
    }

    /// <summary>Copies the targets of one worker's rows, and computes their losses and gradients.</summary>
    public void Run(int worker, BatchInput<TModel> input, BatchPlan plan, in BatchPointers from, float* dOutput)
    {
        var rows = plan.Rows(worker);
        var lengths = plan[Info.OutputDomain].Length;
        Gather(rows, input, plan, in from);
        for (var begin = 0; rows.Begin < rows.End;)
        {
            var (end, rowEnd) = rows.After(begin, lengths);
            if (begin == end)
            {
                break;
            }

            Run(dOutput, begin, end, rows.Begin, rowEnd, Info.Reduction == Reduction.Mean ? (float)(1 / TotalWeight) : 1);
            begin = end;
        }

        if (hasWeights)
        {
            Weigh(rows, lengths, dOutput);
        }
    }

    /// <summary>The sum over all positions, in one order whoever computed them.</summary>
    public double Sum(BatchPlan plan)
    {
        var (sum, domain) = (0.0, plan[Info.OutputDomain]);
        for (var sequence = 0; sequence < plan.Count; sequence++)
        {
            var row = domain.Row[sequence];
            for (var t = 0; t < domain.Length[row]; t++)
            {
                sum += losses[((nint)t * workspace.Batch) + row];
            }
        }

        return sum;
    }

    private void Gather(RowRange rows, BatchInput<TModel> input, BatchPlan plan, in BatchPointers from)
    {
        var (domain, size) = (plan[Info.OutputDomain], Info.OutputSize);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            for (var t = 0; t < domain.Length[row]; t++)
            {
                var at = input.Outputs.At(domain.Sequence[row], t);
                var to = ((nint)t * workspace.Batch) + row;
                if (hasWeights)
                {
                    weights[to] = from.Weights[at];
                }

                var isRead = !hasWeights || weights[to] != 0;
                if (from.TargetTokens != null)
                {
                    tokens[to] = isRead ? from.TargetTokens[at] : 0;
                }
                else if (isRead)
                {
                    VectorRows.Copy(from.Targets + (at * size), vectors + (to * size), size);
                }
                else
                {
                    VectorRows.Clear(vectors + (to * size), size);
                }
            }
        }
    }

    private void Weigh(RowRange rows, int* lengths, float* dOutput)
    {
        var stride = Padding.RoundUp(Info.OutputSize);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            for (var t = 0; t < lengths[row]; t++)
            {
                var at = ((nint)t * workspace.Batch) + row;
                var gradient = dOutput + (at * stride);
                var weight = weights[at];
                losses[at] = weight == 0 ? 0 : losses[at] * weight;
                if (weight == 0)
                {
                    // Whatever came out: it does not count.
                    VectorRows.Clear(gradient, stride);
                }
                else if (weight != 1)
                {
                    VectorRows.Scale(gradient, weight, gradient, stride);
                    VectorRows.Flush(gradient, stride);
                }
            }
        }
    }
}
