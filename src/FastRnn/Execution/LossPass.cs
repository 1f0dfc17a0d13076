using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>The declared loss over the outputs of a pass: a loss for each position, weighted if the batch says so, and the gradient of each
/// output.</summary>
internal sealed unsafe class LossPass(Workspace workspace, BatchPlan plan, BatchInput input)
{
    private int* tokens;
    private float* vectors;
    private double* losses;
    private float* weights;
    private float* outputNumbers;
    private bool hasWeights;
    private bool hasUncountedClass;

    private ModelInfo Info => workspace.Info;

    private bool IsClassification => Info.Loss == LossKind.SoftmaxCrossEntropy;

    private TimeRows Time => plan[workspace.TimeOf(workspace.OutputSource)];

    /// <summary>The sum of the weights of all positions of the batch; 0 if nothing of it counts.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>The same of the batches before, whose gradients those of this one are added to. A loss that is a mean is divided by
    /// both.</summary>
    public double WeightBefore { get; set; }

    /// <summary>The loss as the model declares it, of a sum over the positions of the batch.</summary>
    public double Reduce(double sum) => Info.Reduction == Reduction.Mean && TotalWeight > 0 ? sum / TotalWeight : sum;

    /// <summary>What a position counts; 0 if it does not.</summary>
    public float WeightAt(nint position) => weights[position];

    /// <summary>The token that a position should have.</summary>
    public int LabelAt(nint position) => tokens[position];

    /// <summary>The numbers that a position should have, one for each output.</summary>
    public ReadOnlySpan<float> TargetsAt(nint position) => new(vectors + (position * Info.OutputSize), Info.OutputSize);

    /// <summary>Takes this pass's part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        nint positions = workspace.Sizes.PositionsOf(workspace.TimeOf(workspace.OutputSource));
        tokens = layout.Ints(IsClassification ? positions : 0);
        vectors = layout.Floats(IsClassification ? 0 : checked(positions * Info.OutputSize));
        losses = layout.Take<double>(positions);
        weights = layout.Floats(positions);
        var numbers = OutputNumbers();
        outputNumbers = numbers.Length == 0 ? null : layout.Floats(Padding.RoundUp(Info.OutputSize));
        if (numbers.Length > 0 && !layout.IsMeasuring)
        {
            numbers.CopyTo(new Span<float>(outputNumbers, numbers.Length));
            hasUncountedClass = IsClassification && numbers.Contains(0f);
        }
    }

    /// <summary>Checks the targets and weights of a batch whose input was taken.</summary>
    /// <exception cref="InvalidOperationException">The model declares no loss, or targets of the other kind.</exception>
    public void Take(in SequenceBatch batch)
    {
        if (Info.Loss == LossKind.None)
        {
            throw new InvalidOperationException($"{Info.Name} declares no loss: give gradients of your own.");
        }

        if (!(IsClassification ? batch.Targets.IsEmpty : batch.TargetTokens.IsEmpty))
        {
            throw new InvalidOperationException(IsClassification
                ? $"{Info.Name} is trained with {Info.Loss}: its targets are tokens [T, B], not numbers."
                : $"{Info.Name} is trained with {Info.Loss}: its targets are numbers "
                    + $"[T, B, {(Info.TargetSize == Info.OutputSize ? "O" : Info.TargetSize)}], not tokens.");
        }

        var positions = input.OutputPositions;
        var shape = Info.OutputDomain == TimeDomain.Single ? "[B, ...]: one a sequence" : "one a position";
        if (IsClassification)
        {
            ArgumentCheck.Length(batch.TargetTokens.Length, positions, "TargetTokens", shape);
        }
        else
        {
            ArgumentCheck.Length(batch.Targets.Length, positions * Info.TargetSize, "Targets", shape);
        }

        hasWeights = !batch.Weights.IsEmpty;
        TotalWeight = input.OutputsToRead;
        if (hasWeights)
        {
            ArgumentCheck.Length(batch.Weights.Length, positions, "Weights", shape);
            TotalWeight = BatchCheck.Weights(batch.Weights, input.Outputs, input.OutputLengths, input.Count);
        }

        if (IsClassification)
        {
            BatchCheck.Tokens(
                batch.TargetTokens, [], batch.Weights, input.Outputs, input.OutputLengths, input.Count, Info.OutputSize, "TargetTokens");
            if (workspace.Sizes.LossWeights.Count > 0)
            {
                TotalWeight = WeightOfLabels(in batch);
            }
        }
    }

    /// <summary>Copies the targets of one worker's rows, and computes their losses and gradients.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="from">The caller's memory.</param>
    /// <param name="dOutput">Receives the gradient of the outputs, one row a position.</param>
    public void Run(int worker, in BatchPointers from, float* dOutput)
    {
        var (begin, end) = Time.SegmentsOf(worker);

        // Where nothing counts there is no gradient, and a division by 0 would make NaN of it.
        var scale = Info.Reduction == Reduction.Mean && TotalWeight > 0 ? (float)(1 / (WeightBefore + TotalWeight)) : 1;
        for (var s = begin; s < end; s++)
        {
            ref var segment = ref Time.Segments[s];
            Gather(in segment, in from);
            Run(in segment, dOutput, scale);
            if (hasWeights || hasUncountedClass)
            {
                Weigh(in segment, dOutput);
            }
        }
    }

    /// <summary>A sum and the losses of all positions of the plan, in one order, whichever worker computed them.</summary>
    public double AddTo(double sum)
    {
        for (var order = (Position: Time.Order.At(0), Left: Time.Order.Count); order.Left > 0; order.Left--)
        {
            sum += losses[((nint)order.Position.Step * Time.StepStride) + order.Position.Row];
            order.Position.Advance();
        }

        return sum;
    }

    /// <summary>The loss of a row's step.</summary>
    public double At(int row, int t) => losses[Time.PositionOf(row, t)];

    /// <summary>What a kernel reads for each output; empty if nothing.</summary>
    private float[] OutputNumbers() => Info.Loss switch
    {
        LossKind.SoftmaxCrossEntropy when workspace.Sizes.LossWeights.Count == 0 && Info.LabelSmoothing > 0 =>
            [.. Enumerable.Repeat(1f, Info.OutputSize)],
        LossKind.Huber => [.. Enumerable.Repeat((float)Info.HuberDelta, Info.OutputSize)],
        LossKind.Quantile => [.. Enumerable.Range(0, Info.OutputSize).Select(i => (float)Info.Quantiles[i % Info.Quantiles.Count])],
        _ => [.. workspace.Sizes.LossWeights],
    };

    /// <summary>The sum of the weights of the labels that count, each times the weight of its position.</summary>
    private double WeightOfLabels(in SequenceBatch batch)
    {
        var sum = 0.0;
        for (var sequence = 0; sequence < input.Count; sequence++)
        {
            for (var t = 0; t < input.OutputLengths[sequence]; t++)
            {
                var at = (int)input.Outputs.At(sequence, t);
                var weight = hasWeights ? batch.Weights[at] : 1;
                sum += weight == 0 ? 0 : (double)weight * outputNumbers[batch.TargetTokens[at]];
            }
        }

        return sum;
    }

    private void Run(in Segment segment, float* dOutput, float scale)
    {
        nint stride = Padding.RoundUp(Info.OutputSize);
        nint position = segment.Position;
        var call = new LossCall
        {
            Logits = new SequenceRows(workspace.InputOf(workspace.OutputSource, in segment), segment.Batch * stride, stride),
            Gradient = new SequenceRows(dOutput + (position * stride), segment.Batch * stride, stride),
            Losses = losses + position,
            Steps = segment.To - segment.From,
            Batch = segment.Batch,
            RowBegin = segment.RowBegin,
            RowEnd = segment.RowEnd,
            Outputs = Info.OutputSize,
            OutputNumbers = outputNumbers,
            LabelSmoothing = Info.LabelSmoothing,
            Scale = scale,
        };
        var targets = new SequenceRows(vectors + (position * Info.OutputSize), (nint)segment.Batch * Info.OutputSize, Info.OutputSize);
        LossFunction.Run(Info.Loss, workspace.Model.Width, in call, tokens + position, in targets);
    }

    private void Gather(in Segment segment, in BatchPointers from)
    {
        var (size, targetSize) = (Info.OutputSize, Info.TargetSize);
        for (var t = segment.From; t < segment.To; t++)
        {
            for (var row = segment.RowBegin; row < segment.RowEnd; row++)
            {
                var at = input.Outputs.At(Time.Sequence[segment.FirstRow + row], t + (input.HasOutputPerStep ? plan.FirstStep : 0));
                var to = segment.Position + ((nint)(t - segment.From) * segment.Batch) + row;
                weights[to] = hasWeights ? from.Weights[at] : 1;
                var isRead = weights[to] != 0;
                if (from.TargetTokens != null)
                {
                    tokens[to] = isRead ? from.TargetTokens[at] : 0;
                    if (hasUncountedClass && outputNumbers[tokens[to]] == 0)
                    {
                        weights[to] = 0;
                    }
                }
                else if (isRead)
                {
                    Repeat(from.Targets + (at * targetSize), targetSize, vectors + (to * size), size / targetSize);
                }
                else
                {
                    VectorRows.Clear(vectors + (to * size), size);
                }
            }
        }
    }

    /// <summary>Copies a target, each number as often as there are quantiles of it.</summary>
    private static void Repeat(float* target, int numbers, float* to, int times)
    {
        if (times == 1)
        {
            VectorRows.Copy(target, to, numbers);
            return;
        }

        for (var i = 0; i < numbers; i++)
        {
            new Span<float>(to + (i * times), times).Fill(target[i]);
        }
    }

    private void Weigh(in Segment segment, float* dOutput)
    {
        var stride = Padding.RoundUp(Info.OutputSize);
        for (var t = segment.From; t < segment.To; t++)
        {
            for (var row = segment.RowBegin; row < segment.RowEnd; row++)
            {
                var at = segment.Position + ((nint)(t - segment.From) * segment.Batch) + row;
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
