using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>What the outputs of one head are worth beside their loss: each worker looks at its own positions, then all are added in one
/// order, whichever worker saw them.</summary>
internal sealed unsafe class MetricPass(Runner runner, LossHead head)
{
    private double* first;
    private double* second;

    /// <summary><c>[position][quantile]</c>: targets that are at most what was said.</summary>
    private double* covered;

    private LossKind Loss => head.Info.Loss;

    private IReadOnlyList<double> Quantiles => head.Info.Quantiles;

    private Workspace Workspace => runner.Workspace;

    private TimeRows Time => runner.Plan[Workspace.TimeOf(Workspace.OutputSource)];

    /// <summary>Takes this pass's part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        nint positions = runner.Sizes.PositionsOf(Workspace.TimeOf(Workspace.OutputSource));
        first = layout.Take<double>(positions);
        second = layout.Take<double>(positions);
        covered = layout.Take<double>(checked(positions * Quantiles.Count));
    }

    /// <summary>Looks at the positions of a worker, whose loss was computed.</summary>
    public void Run(int worker)
    {
        if (head.Ctc is { } ctc)
        {
            Count(worker, ctc);
            return;
        }

        var (begin, end) = Time.SegmentsOf(worker);
        nint stride = Padding.RoundUp(runner.Info.OutputSize);
        for (var s = begin; s < end; s++)
        {
            ref var segment = ref Time.Segments[s];
            var outputs = new SequenceRows(
                Workspace.InputOf(Workspace.OutputSource, in segment) + head.Info.Offset, segment.Batch * stride, stride);
            for (var t = 0; t < segment.To - segment.From; t++)
            {
                for (var row = segment.RowBegin; row < segment.RowEnd; row++)
                {
                    Look(segment.Position + ((nint)t * segment.Batch) + row, new(outputs.At(t, row), head.Info.Size));
                }
            }
        }
    }

    /// <summary>Adds all positions of the plan.</summary>
    /// <param name="sums">To these.</param>
    /// <param name="counts"><c>[O, O]</c>: receives the weights of positions by their label and prediction; null if they are not
    /// wanted.</param>
    public void AddTo(MetricSums sums, double[]? counts)
    {
        for (var order = (Position: Time.Order.At(0), Left: Time.Order.Count); order.Left > 0; order.Left--)
        {
            var at = ((nint)order.Position.Step * Time.StepStride) + order.Position.Row;
            order.Position.Advance();
            var weight = head.WeightAt(at);
            if (weight == 0)
            {
                continue;
            }

            switch (Loss)
            {
                case LossKind.SoftmaxCrossEntropy:
                    var (label, predicted) = (head.LabelAt(at), (int)first[at]);
                    sums.AddAnswers(label == predicted ? 1 : 0, 1, weight);
                    if (counts is not null)
                    {
                        counts[(label * head.Info.Size) + predicted] += weight;
                    }

                    break;
                case LossKind.Ctc:
                    sums.AddSymbols(first[at], second[at], weight);
                    break;
                case LossKind.SigmoidBinaryCrossEntropy:
                    sums.AddAnswers(first[at], head.Info.Size, weight);
                    break;
                case LossKind.MeanSquaredError or LossKind.MeanAbsoluteError or LossKind.Huber:
                    sums.AddErrors(first[at], second[at], head.Info.Size, weight);
                    break;
                case LossKind.Quantile:
                    sums.AddCovered(new(covered + (at * Quantiles.Count), Quantiles.Count), Quantiles, head.Info.TargetSize, weight);
                    break;
            }
        }
    }

    /// <summary>Counts the wrong symbols of a worker's sequences, at the last step of each.</summary>
    private void Count(int worker, CtcPass ctc)
    {
        var (begin, end) = runner.Plan.Rows(worker);
        for (var row = begin; row < end; row++)
        {
            if (ctc.Errors(worker, row, in runner.From) is { } found)
            {
                (first[Last(row)], second[Last(row)]) = (found.Errors, found.Labels);
            }
        }

        int Last(int row) => Time.PositionOf(row, Time.Length[row] - 1);
    }

    private void Look(nint at, ReadOnlySpan<float> outputs)
    {
        if (Loss == LossKind.SoftmaxCrossEntropy)
        {
            first[at] = IndexOfLargest(outputs);
            return;
        }

        if (Loss == LossKind.Equations)
        {
            // What an output means, only its equations say: there is no error of one.
            return;
        }

        var targets = head.TargetsAt(at);
        if (Loss == LossKind.Quantile)
        {
            Cover(new(covered + (at * Quantiles.Count), Quantiles.Count), outputs, targets);
            return;
        }

        (first[at], second[at]) = (0, 0);
        for (var i = 0; i < outputs.Length; i++)
        {
            if (Loss == LossKind.SigmoidBinaryCrossEntropy)
            {
                first[at] += (outputs[i] >= 0) == (targets[i] >= 0.5f) ? 1 : 0;
                continue;
            }

            var error = (double)outputs[i] - targets[i];
            first[at] += Math.Abs(error);
            second[at] += error * error;
        }
    }

    /// <summary>A target stands there once for each of its quantiles, side by side.</summary>
    private static void Cover(Span<double> covered, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        covered.Clear();
        for (var i = 0; i < outputs.Length; i++)
        {
            covered[i % covered.Length] += targets[i] <= outputs[i] ? 1 : 0;
        }
    }

    /// <summary>Of equal ones the first. A NaN tells itself in the loss.</summary>
    public static int IndexOfLargest(ReadOnlySpan<float> outputs)
    {
        var largest = 0;
        for (var i = 1; i < outputs.Length; i++)
        {
            largest = outputs[i] > outputs[largest] ? i : largest;
        }

        return largest;
    }
}
