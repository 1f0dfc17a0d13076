using System.Globalization;

using FastRnn.Data;
using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>The loss of <c>[Ctc]</c> over the outputs of a pass: one for each sequence, which stands at its last step; elsewhere it
/// is 0, and so is the weight.</summary>
internal sealed unsafe class CtcPass(Workspace workspace, BatchPlan plan, BatchInput input)
{
    private int* counts;
    private int* begins;
    private int* best;
    private nint* steps;
    private double* scratch;
    private int* distances;

    private ModelInfo Info => workspace.Info;

    private TimeRows Time => plan[workspace.TimeOf(workspace.OutputSource)];

    private int MostSteps => workspace.Sizes.Steps;

    private int MostLabels => workspace.Sizes.Labels;

    /// <summary>Takes this pass's part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        var (batch, workers) = (workspace.Sizes.Batch, workspace.Sizes.Workers);
        counts = layout.Ints(batch);
        begins = layout.Ints(batch);
        best = layout.Ints(workspace.Sizes.PositionsOf(workspace.TimeOf(workspace.OutputSource)));
        steps = layout.Take<nint>(checked((nint)workers * MostSteps));
        scratch = layout.Take<double>(checked(workers * CtcLoss.ScratchOf(MostSteps, MostLabels, Info.OutputSize)));
        distances = layout.Ints(checked((nint)workers * (MostLabels + 1 + MostSteps)));
    }

    /// <summary>Checks the labels and weights of a batch whose input was taken.</summary>
    /// <returns>The sum of the weights of the sequences that count.</returns>
    public double Take(in SequenceBatch batch)
    {
        TakeCounts(in batch);
        if (!batch.Weights.IsEmpty)
        {
            ArgumentCheck.Length(batch.Weights.Length, input.Count, "Weights", "[B]: one a sequence");
        }

        var sum = 0.0;
        for (var b = 0; b < input.Count; b++)
        {
            var weight = batch.Weights.IsEmpty ? 1 : batch.Weights[b];
            BatchCheck.Check(weight >= 0 && float.IsFinite(weight), "Weights",
                $"sequence {b}: expected a finite number from 0 on, got {weight}");
            if (weight == 0 || !IsPossible(b, batch.TargetTokens.Slice(begins[b], counts[b]), "TargetTokens"))
            {
                counts[b] = -1;
                continue;
            }

            sum += weight;
        }

        return sum;
    }

    /// <summary>Losses and gradients of one worker's sequences.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="from">The caller's memory.</param>
    /// <param name="dOutput">Receives the gradient of the outputs, one row a position.</param>
    /// <param name="scale">What gradients are multiplied by.</param>
    /// <param name="losses">Receives a loss for each position.</param>
    /// <param name="weights">Receives a weight for each position.</param>
    public void Run(int worker, in BatchPointers from, float* dOutput, float scale, double* losses, float* weights)
    {
        Gather(worker, dOutput, losses, weights);
        var stride = Padding.RoundUp(Info.OutputSize);
        var rows = steps + ((nint)worker * MostSteps);
        var (begin, end) = plan.Rows(worker);
        for (var row = begin; row < end; row++)
        {
            var (sequence, length) = (Time.Sequence[row], Time.Length[row]);
            for (var t = 0; t < length; t++)
            {
                rows[t] = (nint)Time.PositionOf(row, t) * stride;
            }

            if (length == 0 || counts[sequence] < 0)
            {
                for (var t = 0; t < length; t++)
                {
                    VectorRows.Clear(dOutput + rows[t], stride);
                }

                continue;
            }

            var weight = from.Weights == null ? 1 : from.Weights[sequence];
            var call = new CtcCall
            {
                Rows = dOutput,
                Steps = rows,
                Length = length,
                Classes = Info.OutputSize,
                Labels = from.TargetTokens + begins[sequence],
                Count = counts[sequence],
                Scale = (double)scale * weight,
                Scratch = scratch + (worker * CtcLoss.ScratchOf(MostSteps, MostLabels, Info.OutputSize)),
            };
            var last = Time.PositionOf(row, length - 1);
            weights[last] = weight;
            losses[last] = CtcLoss.Run(in call) * weight;
        }
    }

    /// <summary>What the most probable classes of a row's steps say, against its labels; null if the row does not count.</summary>
    /// <param name="worker">Who asks.</param>
    /// <param name="row">The row.</param>
    /// <param name="from">The caller's memory.</param>
    public (int Errors, int Labels)? Errors(int worker, int row, in BatchPointers from)
    {
        var (sequence, length) = (Time.Sequence[row], Time.Length[row]);
        if (length == 0 || counts[sequence] < 0)
        {
            return null;
        }

        var said = new Span<int>(distances + ((nint)worker * (MostLabels + 1 + MostSteps)), MostSteps);
        var (count, before) = (0, 0);
        for (var t = 0; t < length; t++)
        {
            var label = best[Time.PositionOf(row, t)];
            if (label != 0 && label != before)
            {
                said[count++] = label;
            }

            before = label;
        }

        var room = new Span<int>(distances + ((nint)worker * (MostLabels + 1 + MostSteps)) + MostSteps, MostLabels + 1);
        var labels = new ReadOnlySpan<int>(from.TargetTokens + begins[sequence], counts[sequence]);
        return (EditDistance.Of(said[..count], labels, room), labels.Length);
    }

    private void TakeCounts(in SequenceBatch batch)
    {
        var equal = 0;
        if (batch.TargetLengths.IsEmpty)
        {
            equal = ArgumentCheck.Steps(batch.TargetTokens.Length, input.Count, "TargetTokens", "[B, U]");
        }
        else
        {
            BatchCheck.Check(batch.TargetLengths.Length == input.Count, "TargetLengths",
                $"expected {input.Count} sequences, as many as there are, got {batch.TargetLengths.Length}");
        }

        long sum = 0;
        for (var b = 0; b < input.Count; b++)
        {
            var count = batch.TargetLengths.IsEmpty ? equal : batch.TargetLengths[b];
            BatchCheck.Check(count >= 0 && count <= MostLabels, "TargetLengths",
                $"sequence {b}: expected 0 to {MostLabels} labels (TargetLength), got {count}");
            (begins[b], counts[b]) = ((int)Math.Min(sum, int.MaxValue), count);
            sum += count;
        }

        ArgumentCheck.Length(batch.TargetTokens.Length, sum, "TargetTokens", "[U_0 + U_1 + ...]");
    }

    private bool IsPossible(int sequence, ReadOnlySpan<int> labels, string name)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)(labels[i] - 1) >= (uint)(Info.OutputSize - 1))
            {
                throw new ArgumentOutOfRangeException(name, labels[i], string.Create(
                    CultureInfo.InvariantCulture,
                    $"Sequence {sequence}, label {i}: expected one from 1 to {Info.OutputSize - 1} (0 is the blank), got {labels[i]}."));
            }
        }

        var least = CtcLoss.LeastSteps(labels);
        var isPossible = least <= input.OutputLengths[sequence];
        BatchCheck.Check(isPossible || Info.ZeroInfinity, name,
            $"sequence {sequence}: its {labels.Length} labels take at least {least} steps, and it has {input.OutputLengths[sequence]}; "
                + $"leave it out, or declare [Ctc(ZeroInfinity = true)], with which it does not count");
        return isPossible;
    }

    /// <summary>Copies the outputs of a worker's positions to where their gradients will stand, and looks for the largest of
    /// each.</summary>
    private void Gather(int worker, float* dOutput, double* losses, float* weights)
    {
        nint stride = Padding.RoundUp(Info.OutputSize);
        var (begin, end) = Time.SegmentsOf(worker);
        for (var s = begin; s < end; s++)
        {
            ref var segment = ref Time.Segments[s];
            var outputs = new SequenceRows(workspace.InputOf(workspace.OutputSource, in segment), segment.Batch * stride, stride);
            for (var t = 0; t < segment.To - segment.From; t++)
            {
                for (var row = segment.RowBegin; row < segment.RowEnd; row++)
                {
                    var at = segment.Position + ((nint)t * segment.Batch) + row;
                    var output = outputs.At(t, row);
                    VectorRows.Copy(output, dOutput + (at * stride), (int)stride);
                    new Span<float>(dOutput + (at * stride) + Info.OutputSize, (int)stride - Info.OutputSize).Clear();
                    best[at] = MetricPass.IndexOfLargest(new(output, Info.OutputSize));
                    (losses[at], weights[at]) = (0, 0);
                }
            }
        }
    }
}
