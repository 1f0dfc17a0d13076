using FastRnn.Models;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <content>Long sequences in little memory (Chen et al. 2016, "Training deep nets with sublinear memory cost"): the tape holds one segment of the sequence. A first forward pass keeps the
/// states between segments; then, from the last segment to the first, the forward pass is computed again and the backward pass follows.</content>
public sealed unsafe partial class Trainer<TModel>
{
    private readonly StateBoundaries<TModel> boundaries;
    private readonly SweepJob sweepJob;
    private readonly SegmentJob segmentJob;

    /// <summary>Bytes of native memory that this trainer holds: tape, gradients, optimizer, everything.</summary>
    public long MemoryBytes => arena.Size;

    /// <summary>Steps that the tape holds: fewer than <see cref="TrainerOptions.SequenceLength"/> if the forward pass is computed twice to stay within
    /// <see cref="TrainerOptions.MemoryBytes"/>.</summary>
    public int SegmentLength => workspace.Steps;

    private bool IsRecomputed => SegmentLength < Options.SequenceLength;

    private TrainingResult Recompute(ReadOnlySpan<int> tokens, ReadOnlySpan<float> x, ReadOnlySpan<int> targetTokens, ReadOnlySpan<float> targets)
    {
        var (info, batch) = (TModel.Info, Options.BatchSize);
        var steps = CheckWhole(tokens, x, targetTokens, targets);
        if (!Options.CarryState)
        {
            workspace.ResetState();
        }

        var segments = (steps + SegmentLength - 1) / SegmentLength;
        var sum = 0.0;
        fixed (float* input = x)
        {
            boundaries.Keep(0, 0, 0, batch);
            for (var segment = 0; segment < segments; segment++)
            {
                var count = Take(tokens, segment, steps);
                sweepJob.X = Part(input, segment);
                (sweepJob.Steps, sweepJob.Segment) = (count, segment);
                team.Run(sweepJob);
            }

            for (var segment = segments - 1; segment >= 0; segment--)
            {
                var count = Take(tokens, segment, steps);
                var (first, length) = (segment * SegmentLength * batch, count * batch);
                if (targets.IsEmpty)
                {
                    loss.SetTargets(targetTokens.Slice(first, length), count);
                }
                else
                {
                    loss.SetTargets(targets.Slice(first * info.OutputSize, length * info.OutputSize), count);
                }

                segmentJob.X = Part(input, segment);
                (segmentJob.Steps, segmentJob.Segment, segmentJob.IsLast) = (count, segment, segment == segments - 1);
                segmentJob.Scale = LossFunction.Scale(info.Reduction, steps, batch);
                team.Run(segmentJob);
                weights.Prepare(count);
                AddGradients();
                sum += loss.Sum(count);
            }
        }

        // A step that fails leaves the states as they were.
        boundaries.Restore(0, 0, batch);
        var perPosition = sum / ((double)steps * batch);
        var result = Update(info.Reduction == Reduction.Mean ? perPosition : sum, perPosition, 1);
        if (Options.CarryState)
        {
            boundaries.Restore(segments, 0, batch);
        }

        GC.KeepAlive(this);
        return result;
    }

    /// <summary>Everything is checked before anything is computed.</summary>
    private int CheckWhole(ReadOnlySpan<int> tokens, ReadOnlySpan<float> x, ReadOnlySpan<int> targetTokens, ReadOnlySpan<float> targets)
    {
        var (info, batch) = (TModel.Info, Options.BatchSize);
        int steps;
        if (tokens.IsEmpty)
        {
            Door.Vectors(info);
            steps = Door.Steps(x.Length, batch * info.InputSize, Options.SequenceLength, nameof(x), "[T, B, I]");
        }
        else
        {
            Door.Tokens(info);
            steps = Door.Steps(tokens.Length, batch, Options.SequenceLength, nameof(tokens), "[T, B]");
            Door.Vocabulary(tokens, info.Vocabulary, nameof(tokens), batch);
        }

        if (info.Loss == LossKind.SoftmaxCrossEntropy)
        {
            Door.Length(targetTokens.Length, (long)steps * batch, nameof(targets), "[T, B]");
            Door.Vocabulary(targetTokens, info.OutputSize, nameof(targets), batch);
        }
        else
        {
            Door.Length(targets.Length, (long)steps * batch * info.OutputSize, nameof(targets), "[T, B, O]");
        }

        return steps;
    }

    /// <summary>The steps of a segment, whose tokens become the workspace's.</summary>
    private int Take(ReadOnlySpan<int> tokens, int segment, int steps)
    {
        var count = Math.Min(SegmentLength, steps - (segment * SegmentLength));
        if (!tokens.IsEmpty)
        {
            tokens.Slice(segment * SegmentLength * Options.BatchSize, count * Options.BatchSize).CopyTo(new Span<int>(workspace.Tokens, count * Options.BatchSize));
        }

        return count;
    }

    private float* Part(float* x, int segment) =>
        x == null ? null : x + ((nint)segment * SegmentLength * Options.BatchSize * TModel.Info.InputSize);

    /// <summary>One segment forward; its last states are kept, and the next one begins with them.</summary>
    private sealed class SweepJob(Trainer<TModel> owner) : ITeamJob
    {
        public float* X { get; set; }

        public int Steps { get; set; }

        public int Segment { get; set; }

        public void Execute(int worker, int workers)
        {
            var (begin, end) = Partition.Range(owner.Options.BatchSize, worker, workers);
            owner.workspace.Gather(X, Steps, begin, end);
            owner.workspace.Forward(worker, Steps, begin, end);
            owner.boundaries.Keep(Segment + 1, Steps, begin, end);
            owner.boundaries.Restore(Segment + 1, begin, end);
        }
    }

    /// <summary>One segment forward again, its loss, and backward from where the segment behind it stopped.</summary>
    private sealed class SegmentJob(Trainer<TModel> owner) : ITeamJob
    {
        public float* X { get; set; }

        public int Steps { get; set; }

        public int Segment { get; set; }

        public bool IsLast { get; set; }

        public float Scale { get; set; }

        public void Execute(int worker, int workers)
        {
            var (begin, end) = Partition.Range(owner.Options.BatchSize, worker, workers);
            owner.boundaries.Restore(Segment, begin, end);
            owner.workspace.Gather(X, Steps, begin, end);
            owner.workspace.Forward(worker, Steps, begin, end);
            owner.loss.Run(owner.backward.DOutput, Steps, begin, end, Scale);
            if (IsLast)
            {
                owner.backward.ClearStateGradients(begin, end);
            }

            owner.backward.Run(worker, Steps, begin, end, owner.backward.DOutput);
        }
    }
}
