using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>The declared loss over the outputs of a pass: head by head (<see cref="LossHead"/>) a loss for each position, weighted if the
/// batch says so, and the gradient of each output. What a position counts, it counts for all heads.</summary>
internal sealed unsafe class LossPass
{
    private readonly Workspace workspace;
    private readonly BatchPlan plan;
    private readonly BatchInput input;
    private readonly LossHead[] heads;
    private readonly double[] headLosses;
    private bool hasWeights;

    public LossPass(Workspace workspace, BatchPlan plan, BatchInput input)
    {
        (this.workspace, this.plan, this.input) = (workspace, plan, input);
        heads = [.. workspace.Info.Heads.Select(head => new LossHead(head, workspace)
        {
            Ctc = head.Loss == LossKind.Ctc ? new CtcPass(workspace, plan, input) : null,
        })];
        headLosses = new double[heads.Length > 1 ? heads.Length : 0];
    }

    private ModelInfo Info => workspace.Info;

    /// <summary>The one head whose loss is that of sequences; null where losses are those of positions.</summary>
    private LossHead? Aligned => heads is [{ Ctc: not null }] ? heads[0] : null;

    private TimeRows Time => plan[workspace.TimeOf(workspace.OutputSource)];

    /// <summary>In declared order; a model with one loss has one.</summary>
    public ReadOnlySpan<LossHead> Heads => heads;

    /// <summary>The sum of the weights of all positions of the batch; 0 if nothing of it counts. Of a single head that classifies, each is
    /// multiplied by the weight of its label.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>The same of the batches before, whose gradients those of this one are added to. A loss that is a mean is divided by
    /// both.</summary>
    public double WeightBefore { get; set; }

    /// <summary>The losses of all positions so far: the sum over the heads, each times its weight.</summary>
    public double Sum
    {
        get
        {
            var sum = 0.0;
            foreach (var head in heads)
            {
                sum += head.Info.Weight * head.Sum;
            }

            return sum;
        }
    }

    /// <summary>Of several heads the mean loss of a position of each; empty for one. The same memory each time.</summary>
    public ReadOnlyMemory<double> HeadLosses()
    {
        if (headLosses.Length == 0)
        {
            return default;
        }

        for (var h = 0; h < headLosses.Length; h++)
        {
            headLosses[h] = TotalWeight > 0 ? heads[h].Sum / TotalWeight : 0;
        }

        return headLosses;
    }

    /// <summary>The loss as the model declares it, of a sum over the positions of the batch.</summary>
    public double Reduce(double sum) => Info.Reduction == Reduction.Mean && TotalWeight > 0 ? sum / TotalWeight : sum;

    /// <summary>Takes this pass's part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        nint positions = workspace.Sizes.PositionsOf(workspace.TimeOf(workspace.OutputSource));
        foreach (var head in heads)
        {
            head.Carve(ref layout, positions);
        }
    }

    /// <summary>Checks the targets and weights of a batch whose input was taken; sums begin anew.</summary>
    /// <exception cref="InvalidOperationException">The model declares no loss, or targets of the other kind.</exception>
    public void Take(in SequenceBatch batch)
    {
        TargetCheck.Kinds(Info, in batch);
        if (Aligned is { } aligned)
        {
            (TotalWeight, aligned.Sum) = (aligned.Ctc!.Take(in batch), 0);
            return;
        }

        var positions = input.OutputPositions;
        var shape = Info.OutputDomain == TimeDomain.Single ? "[B, ...]: one a sequence" : "one a position";
        ArgumentCheck.Length(batch.TargetTokens.Length, positions * Info.TargetTokenCount, "TargetTokens", shape);
        ArgumentCheck.Length(batch.Targets.Length, positions * Info.TargetSize, "Targets", shape);
        hasWeights = !batch.Weights.IsEmpty;
        TotalWeight = input.OutputsToRead;
        if (hasWeights)
        {
            ArgumentCheck.Length(batch.Weights.Length, positions, "Weights", shape);
            TotalWeight = BatchCheck.Weights(batch.Weights, input.Outputs, input.OutputLengths, input.Count);
        }

        foreach (var head in heads)
        {
            head.Sum = 0;
            if (head.IsClassification)
            {
                BatchCheck.Labels(in batch, Info, head.Info, input.Outputs, input.OutputLengths, input.Count);
            }
        }

        if (heads.Length == 1 && heads[0].IsClassification && workspace.Sizes.LossWeights.Count > 0)
        {
            TotalWeight = WeightOfLabels(in batch);
        }
    }

    /// <summary>Copies the targets of one worker's rows, and computes their losses and gradients.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="from">The caller's memory.</param>
    /// <param name="dOutput">Receives the gradient of the outputs, one row a position.</param>
    public void Run(int worker, in BatchPointers from, float* dOutput)
    {
        var time = Time;
        var (begin, end) = time.SegmentsOf(worker);

        // Where nothing counts there is no gradient, and a division by 0 would make NaN of it.
        var scale = Info.Reduction == Reduction.Mean && TotalWeight > 0 ? (float)(1 / (WeightBefore + TotalWeight)) : 1;
        if (Aligned is { } aligned)
        {
            aligned.Align(worker, in from, dOutput, scale);
            return;
        }

        for (var s = begin; s < end; s++)
        {
            ref var segment = ref time.Segments[s];
            Gather(time, in segment, in from);
            var outputs = workspace.InputOf(workspace.OutputSource, in segment);
            foreach (var head in heads)
            {
                head.Run(in segment, outputs, dOutput, scale, hasWeights);
            }
        }
    }

    /// <summary>Adds the losses of all positions of the plan to the sums, in one order, whichever worker computed them.</summary>
    public void Add()
    {
        var time = Time;
        foreach (var head in heads)
        {
            var sum = head.Sum;
            var (position, stride) = (time.Order.At(0), time.StepStride);
            for (var left = time.Order.Count; left > 0; left--)
            {
                sum += head.LossAt(((nint)position.Step * stride) + position.Row);
                position.Advance();
            }

            head.Sum = sum;
        }
    }

    /// <summary>The loss of a row's step.</summary>
    public double At(int row, int t)
    {
        var (loss, position) = (0.0, Time.PositionOf(row, t));
        foreach (var head in heads)
        {
            loss += head.Info.Weight * head.LossAt(position);
        }

        return loss;
    }

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
                sum += weight == 0 ? 0 : (double)weight * heads[0].LabelWeight(batch.TargetTokens[at]);
            }
        }

        return sum;
    }

    private void Gather(TimeRows time, in Segment segment, in BatchPointers from)
    {
        var (map, firstStep) = (input.Outputs, input.HasOutputPerStep ? plan.FirstStep : 0);
        for (var t = segment.From; t < segment.To; t++)
        {
            for (var row = segment.RowBegin; row < segment.RowEnd; row++)
            {
                var at = map.At(time.Sequence[segment.FirstRow + row], t + firstStep);
                var to = segment.Position + ((nint)(t - segment.From) * segment.Batch) + row;
                var weight = hasWeights ? from.Weights[at] : 1;
                foreach (var head in heads)
                {
                    head.Gather(in from, at, to, weight);
                }
            }
        }
    }
}
