using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>A batch at the door: everything about it is checked before anything of it is used, and it is known where its positions stand in
/// the caller's memory.</summary>
internal sealed unsafe class BatchInput(ModelInfo info, RunSizes sizes, BatchPlan plan)
{
    private const string BesideVectors = "[T, B, K]: K a position, one for each input of tokens, beside the vectors";

    private readonly bool readsTokens = info.Layers.Any(l => l.ReadsToken);
    private readonly int leastSteps = Least(info, TimeDomain.Main);
    private readonly int leastSourceSteps = Least(info, TimeDomain.Source);

    /// <summary>Where positions of the model's own time stand in the caller's memory.</summary>
    public PositionMap Main { get; } = new(sizes.Batch);

    /// <summary>Where positions of the source stand.</summary>
    public PositionMap Source { get; } = new(sizes.Batch);

    /// <summary>Where the model's outputs and targets stand.</summary>
    public PositionMap Outputs => HasOneOutput ? Single : Main;

    /// <summary>Sequences of the batch.</summary>
    public int Count { get; private set; }

    /// <summary>Positions of the caller's outputs and targets.</summary>
    public long OutputPositions { get; private set; }

    /// <summary>Positions of them that are no padding.</summary>
    public long OutputsToRead { get; private set; }

    /// <summary>Whether the batch is time-major and all sequences are equally long, and nothing is missing.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Whether the batch says that inputs are missing.</summary>
    public bool HasMissing { get; private set; }

    /// <summary>The lengths of the sequences as far as outputs go.</summary>
    public int* OutputLengths => HasOneOutput ? Ones : plan.MainLengths;

    /// <summary>The lengths of the sequences.</summary>
    public int* MainLengths => plan.MainLengths;

    /// <summary>The lengths of their sources.</summary>
    public int* SourceLengths => plan.SourceLengths;

    /// <summary>Whether each step has an output, and not each sequence.</summary>
    public bool HasOutputPerStep => !HasOneOutput;

    private bool HasOneOutput => info.OutputDomain == TimeDomain.Single && !sizes.IsStream;

    private PositionMap Single { get; } = new(sizes.Batch);

    private int* Ones { get; set; }

    /// <summary>Takes this part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        Main.Carve(ref layout);
        Source.Carve(ref layout);
        Single.Carve(ref layout);
        Ones = layout.Ints(sizes.Batch);
        if (!layout.IsMeasuring)
        {
            Numbers.Fill(Ones, sizes.Batch, 1);
        }
    }

    /// <summary>Checks a batch.</summary>
    public void Take(in SequenceBatch batch)
    {
        var isVector = info.VectorSize > 0;
        if (info.TokenCount == 0 && !batch.Tokens.IsEmpty)
        {
            ArgumentCheck.Tokens(info);
        }

        if (!isVector && !batch.X.IsEmpty)
        {
            ArgumentCheck.Vectors(info);
        }

        BatchCheck.Check(!batch.IsPadded || !batch.Lengths.IsEmpty || !batch.SourceLengths.IsEmpty, "IsPadded",
            $"expected Lengths to go with it, got none");
        Count = BatchCheck.Lengths(
            batch.Lengths, batch.IsPadded, isVector ? batch.X.Length : batch.Tokens.Length,
            isVector ? info.VectorSize : info.TokenCount, sizes.Batch,
            (leastSteps, sizes.Steps), (isVector ? "X" : "Tokens", "Lengths"), plan.MainLengths, out var positions);
        if (isVector && info.TokenCount > 0)
        {
            ArgumentCheck.Length(batch.Tokens.Length, positions * info.TokenCount, "Tokens", BesideVectors);
        }

        Set(Main, batch.Lengths, batch.IsPadded, plan.MainLengths);
        Single.SetTimeMajor(Count);
        HasMissing = !batch.Present.IsEmpty;
        IsWhole = batch.Lengths.IsEmpty && !HasMissing;
        if (!batch.Present.IsEmpty)
        {
            ArgumentCheck.Length(batch.Present.Length, positions, "Present", "one a position");
            BatchCheck.Check(
                !readsTokens, "Present", $"a one-hot input cannot be missing; expected an embedding, or a token of its own for it");
        }

        if (info.Input == InputKind.Mixed)
        {
            BatchCheck.Tokens(batch.Tokens, batch.Present, Main, plan.MainLengths, Count, info.Inputs, info.TokenCount, "Tokens");
        }
        else if (!isVector)
        {
            BatchCheck.Tokens(batch.Tokens, batch.Present, [], Main, plan.MainLengths, Count, info.Vocabulary, "Tokens");
        }

        ArgumentCheck.Length(batch.Condition.Length, (long)Count * info.ConditionSize, "Condition", "[B, C]");
        TakeSource(in batch);
        OutputPositions = HasOneOutput ? Count : positions;
        OutputsToRead = HasOneOutput ? Count : 0;
        for (var i = 0; i < Count && !HasOneOutput; i++)
        {
            OutputsToRead += plan.MainLengths[i];
        }
    }

    /// <summary>Checks with what sequences start that are made step by step.</summary>
    public void TakeStart(in SequenceBatch start, int count)
    {
        BatchCheck.Empty(start.X.Length, "X", info.Name, "is stepped: steps bring the input");
        BatchCheck.Empty(start.Tokens.Length, "Tokens", info.Name, "is stepped: steps bring the input");
        BatchCheck.Empty(start.Present.Length, "Present", info.Name, "is stepped: steps bring the input");
        BatchCheck.Empty(
            start.Targets.Length + start.TargetTokens.Length + start.Weights.Length, "Targets", info.Name, "is not trained here");
        BatchCheck.Empty(start.Lengths.Length, "Lengths", info.Name, "is stepped: END says how long a sequence is");
        ArgumentCheck.Length(start.Condition.Length, (long)count * info.ConditionSize, "Condition", "[B, C]");
        Count = count;
        TakeSource(in start);

        // Until here only what no step reads has changed: sequences that were started before can go on if these are refused.
        SetSteps(count, 1);
    }

    /// <summary>A checked block of steps of some streams, time-major.</summary>
    public void SetSteps(int count, int steps)
    {
        if ((Count, OutputPositions, IsWhole) == (count, (long)count * steps, true) && Main.IsTimeMajor(count)
            && plan.MainLengths[0] == steps)
        {
            return;
        }

        Numbers.Fill(plan.MainLengths, count, steps);
        Main.SetTimeMajor(count);
        Single.SetTimeMajor(count);
        (Count, OutputPositions, OutputsToRead, IsWhole) = (count, (long)count * steps, (long)count * steps, true);
    }

    /// <summary>A sequence may have no step at all, unless something is made of its steps together: the last one, their mean, what an
    /// attention picks of them.</summary>
    private static int Least(ModelInfo info, TimeDomain time)
    {
        foreach (var layer in info.Layers)
        {
            var wiring = layer.Wiring;
            var needed = wiring.Operation switch
            {
                LayerOperation.PoolLast or LayerOperation.PoolMean or LayerOperation.PoolMax => TimeOf(wiring.Sources[0]),
                LayerOperation.DotAttention or LayerOperation.AdditiveAttention => TimeDomain.Source,
                _ => TimeDomain.Single,
            };
            if (needed == time)
            {
                return 1;
            }
        }

        return 0;

        TimeDomain TimeOf(int source) => source >= 0 ? info.Layers[source].Wiring.Domain
            : source == LayerWiring.SourceInput ? TimeDomain.Source : TimeDomain.Main;
    }

    private void Set(PositionMap layout, ReadOnlySpan<int> lengths, bool isPadded, int* to)
    {
        if (lengths.IsEmpty || isPadded)
        {
            layout.SetTimeMajor(Count);
        }
        else
        {
            layout.SetRagged(Count, to);
        }
    }

    private void TakeSource(in SequenceBatch batch)
    {
        if (info.Source is not { } source)
        {
            BatchCheck.Empty(batch.SourceX.Length, "SourceX", info.Name, "has no encoder");
            BatchCheck.Empty(batch.SourceTokens.Length, "SourceTokens", info.Name, "has no encoder");
            BatchCheck.Empty(batch.SourceLengths.Length, "SourceLengths", info.Name, "has no encoder");
            return;
        }

        var isVector = source.VectorSize > 0;
        if (!isVector || source.TokenCount == 0)
        {
            BatchCheck.Empty(
                isVector ? batch.SourceTokens.Length : batch.SourceX.Length, isVector ? "SourceTokens" : "SourceX",
                info.Name, isVector ? "has an encoder of vectors" : "has an encoder of tokens");
        }

        BatchCheck.Check(
            batch.SourceLengths.IsEmpty || batch.SourceLengths.Length == Count, "SourceLengths",
            $"expected {Count} sequences, as many as there are, got {batch.SourceLengths.Length}");
        BatchCheck.Lengths(
            batch.SourceLengths, batch.IsPadded, isVector ? batch.SourceX.Length : batch.SourceTokens.Length,
            isVector ? source.VectorSize : source.TokenCount, Count,
            (leastSourceSteps, sizes.SourceSteps), (isVector ? "SourceX" : "SourceTokens", "SourceLengths"), plan.SourceLengths,
            out var positions);
        if (isVector && source.TokenCount > 0)
        {
            ArgumentCheck.Length(batch.SourceTokens.Length, positions * source.TokenCount, "SourceTokens", BesideVectors);
        }

        Set(Source, batch.SourceLengths, batch.IsPadded, plan.SourceLengths);
        if (source.Input == InputKind.Mixed)
        {
            BatchCheck.Tokens(
                batch.SourceTokens, [], Source, plan.SourceLengths, Count, source.Inputs, source.TokenCount, "SourceTokens");
        }
        else if (!isVector)
        {
            BatchCheck.Tokens(batch.SourceTokens, [], [], Source, plan.SourceLengths, Count, source.Vocabulary, "SourceTokens");
        }
    }
}
