using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>The loss of one head of a model: its targets, what its positions count, their losses, and the gradient of its part of each
/// row of outputs. Rows of a head that is all of the model are read where they are; others are copied, because kernels want padded
/// rows.</summary>
internal sealed unsafe class LossHead(HeadInfo head, Workspace workspace)
{
    private readonly int size = head.Size;
    private readonly int targetSize = head.TargetSize;

    /// <summary>Numbers of a target as kernels read it: those of a quantile loss stand once for each output.</summary>
    private readonly int numbers = head.Quantiles.Count > 0 ? head.Size : head.TargetSize;

    // Of all heads together: where the next position's target begins.
    private readonly int allNumbers = workspace.Info.TargetSize;
    private readonly int allTokens = workspace.Info.TargetTokenCount;
    private readonly bool isWhole = head.Size == workspace.Info.OutputSize;
    private int* tokens;
    private float* vectors;
    private double* losses;
    private float* weights;
    private float* outputNumbers;
    private float* rows;

    /// <summary>What it says.</summary>
    public HeadInfo Info => head;

    /// <summary>What aligns sequences with labels; null for the losses of positions.</summary>
    public CtcPass? Ctc { get; init; }

    /// <summary>Whether its target is a token.</summary>
    public bool IsClassification => head.IsClassification;

    /// <summary>Whether labels of some class do not count.</summary>
    public bool HasUncountedClass { get; private set; }

    /// <summary>The losses of all positions so far, each times what the position counts, added; not multiplied by the head's own
    /// weight.</summary>
    public double Sum { get; set; }

    /// <summary>What a position counts; 0 if it does not.</summary>
    public float WeightAt(nint position) => weights[position];

    /// <summary>The loss of a position.</summary>
    public double LossAt(nint position) => losses[position];

    /// <summary>The token that a position should have.</summary>
    public int LabelAt(nint position) => tokens[position];

    /// <summary>The numbers that a position should have, one for each output; fewer, if equations say so.</summary>
    public ReadOnlySpan<float> TargetsAt(nint position) => new(vectors + (position * numbers), numbers);

    /// <summary>What its labels count; null if all count 1.</summary>
    public float LabelWeight(int label) => outputNumbers[label];

    /// <summary>Takes its part of an arena.</summary>
    public void Carve(ref ArenaLayout layout, nint positions)
    {
        Ctc?.Carve(ref layout);
        tokens = layout.Ints(IsClassification ? positions : 0);
        vectors = layout.Floats(IsClassification ? 0 : checked(positions * numbers));
        losses = layout.Take<double>(positions);
        weights = layout.Floats(positions);
        var given = OutputNumbers();
        outputNumbers = given.Length == 0 ? null : layout.Floats(Padding.RoundUp(size));
        rows = layout.Floats(isWhole ? 0 : checked(positions * Padding.RoundUp(size)));
        if (given.Length > 0 && !layout.IsMeasuring)
        {
            given.CopyTo(new Span<float>(outputNumbers, given.Length));
            HasUncountedClass = IsClassification && given.Contains(0f);
        }
    }

    /// <summary>Copies the target of a position.</summary>
    /// <param name="from">The caller's memory.</param>
    /// <param name="at">The position there.</param>
    /// <param name="to">The position here.</param>
    /// <param name="weight">What it counts.</param>
    public void Gather(in BatchPointers from, nint at, nint to, float weight)
    {
        weights[to] = weight;
        var isRead = weight != 0;
        if (IsClassification)
        {
            tokens[to] = isRead ? from.TargetTokens[(at * allTokens) + head.TargetToken] : 0;
            if (HasUncountedClass && outputNumbers[tokens[to]] == 0)
            {
                weights[to] = 0;
            }
        }
        else if (isRead)
        {
            Repeat(
                from.Targets + (at * allNumbers) + head.TargetOffset, targetSize, vectors + (to * numbers), numbers / targetSize);
        }
        else
        {
            VectorRows.Clear(vectors + (to * numbers), numbers);
        }
    }

    /// <summary>Losses and gradients of a worker's sequences, where labels are aligned with them.</summary>
    /// <inheritdoc cref="CtcPass.Run" path="/param"/>
    public void Align(int worker, in BatchPointers from, float* dOutput, float scale) =>
        Ctc!.Run(worker, in from, dOutput, scale * (float)head.Weight, losses, weights);

    /// <summary>Losses and gradients of a segment.</summary>
    /// <param name="segment">Its rows and steps.</param>
    /// <param name="outputs">The outputs of its first position.</param>
    /// <param name="dOutput">Receives the gradient of all outputs, one row a position of the plan.</param>
    /// <param name="scale">What the gradient is multiplied by, the head's own weight apart.</param>
    /// <param name="weighs">Whether positions may count something else than 1.</param>
    public void Run(in Segment segment, float* outputs, float* dOutput, float scale, bool weighs)
    {
        nint stride = Padding.RoundUp(size);
        nint all = Padding.RoundUp(workspace.Info.OutputSize);
        nint position = segment.Position;
        var logits = outputs;
        var gradient = dOutput + (position * all);
        if (!isWhole)
        {
            logits = gradient = rows + (position * stride);
            Copy(in segment, outputs + head.Offset, all, logits, stride);
        }

        var call = new LossCall
        {
            Logits = new SequenceRows(logits, segment.Batch * stride, stride),
            Gradient = new SequenceRows(gradient, segment.Batch * stride, stride),
            Losses = losses + position,
            Steps = segment.To - segment.From,
            Batch = segment.Batch,
            RowBegin = segment.RowBegin,
            RowEnd = segment.RowEnd,
            Outputs = size,
            OutputNumbers = outputNumbers,
            LabelSmoothing = head.LabelSmoothing,
            Scale = scale * (float)head.Weight,
        };
        var targets = new SequenceRows(vectors + (position * numbers), (nint)segment.Batch * numbers, numbers);
        if (head.Equations is { } equations)
        {
            equations.Run(workspace.Model.Width, in call, in targets);
        }
        else
        {
            LossFunction.Run(head.Loss, workspace.Model.Width, in call, tokens + position, in targets);
        }

        if (weighs || HasUncountedClass)
        {
            Weigh(in segment, gradient, stride);
        }

        if (!isWhole)
        {
            Copy(in segment, gradient, stride, dOutput + (position * all) + head.Offset, all);
        }
    }

    /// <summary>What a kernel reads for each output; empty if nothing.</summary>
    private float[] OutputNumbers()
    {
        var given = workspace.Sizes.LossWeights;
        return head.Loss switch
        {
            LossKind.SoftmaxCrossEntropy when given.Count == 0 && head.LabelSmoothing > 0 => [.. Enumerable.Repeat(1f, size)],
            LossKind.SoftmaxCrossEntropy or LossKind.SigmoidBinaryCrossEntropy when given.Count == 0 => [],
            LossKind.SoftmaxCrossEntropy or LossKind.SigmoidBinaryCrossEntropy => [.. given.Skip(head.Offset).Take(size)],
            LossKind.Huber => [.. Enumerable.Repeat((float)head.HuberDelta, size)],
            LossKind.Quantile => [.. Enumerable.Range(0, size).Select(i => (float)head.Quantiles[i % head.Quantiles.Count])],
            _ => [],
        };
    }

    private void Copy(in Segment segment, float* from, nint fromStride, float* to, nint toStride)
    {
        for (var t = 0; t < segment.To - segment.From; t++)
        {
            for (var row = segment.RowBegin; row < segment.RowEnd; row++)
            {
                var at = ((nint)t * segment.Batch) + row;
                VectorRows.Copy(from + (at * fromStride), to + (at * toStride), size);
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

    private void Weigh(in Segment segment, float* gradients, nint stride)
    {
        var floats = (int)stride;
        for (var t = 0; t < segment.To - segment.From; t++)
        {
            for (var row = segment.RowBegin; row < segment.RowEnd; row++)
            {
                var place = ((nint)t * segment.Batch) + row;
                var at = segment.Position + place;
                var gradient = gradients + (place * stride);
                var weight = weights[at];
                losses[at] = weight == 0 ? 0 : losses[at] * weight;
                if (weight == 0)
                {
                    // Whatever came out: it does not count.
                    VectorRows.Clear(gradient, floats);
                }
                else if (weight != 1)
                {
                    VectorRows.Scale(gradient, weight, gradient, floats);
                    VectorRows.Flush(gradient, floats);
                }
            }
        }
    }
}
