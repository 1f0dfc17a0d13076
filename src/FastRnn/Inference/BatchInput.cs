using FastRnn.Data;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Inference;

/// <summary>A batch on its way from the caller's memory to the rows of a workspace.</summary>
internal sealed unsafe class BatchInput<TModel>(Workspace<TModel> workspace, BatchPlan plan)
    where TModel : Model<TModel>, IModel<TModel>
{
    private static readonly bool ReadsTokens = TModel.Info.Layers.Any(l => l.ReadsToken);

    private readonly PositionMap source = new(workspace.Batch);
    private readonly PositionMap single = new(workspace.Batch);

    private static ModelInfo Info => TModel.Info;

    /// <summary>Where positions of the model's own time stand in the caller's memory.</summary>
    public PositionMap Main { get; } = new(workspace.Batch);

    /// <summary>Where the model's outputs and targets stand in the caller's memory.</summary>
    public PositionMap Outputs => Info.OutputDomain == TimeDomain.Single ? single : Main;

    /// <summary>Positions of the caller's outputs and targets.</summary>
    public long OutputPositions { get; private set; }

    /// <summary>The lengths of the sequences as far as outputs go.</summary>
    public int* OutputLengths => Info.OutputDomain == TimeDomain.Single ? Ones : plan.MainLengths;

    private int* Ones { get; set; }

    public void Carve(ref ArenaLayout layout)
    {
        Main.Carve(ref layout);
        source.Carve(ref layout);
        single.Carve(ref layout);
        Ones = layout.Ints(workspace.Batch);
        if (!layout.IsMeasuring)
        {
            new Span<int>(Ones, workspace.Batch).Fill(1);
        }
    }

    /// <summary>Checks the input and arranges the rows.</summary>
    public void Take(in SequenceBatch batch)
    {
        var isVector = Info.Input == InputKind.Vector;
        if (isVector && batch.X.IsEmpty && !batch.Tokens.IsEmpty)
        {
            Door.Vectors(Info);
            Door.Tokens(Info);
        }

        BatchDoor.Empty(isVector ? batch.Tokens.Length : batch.X.Length, isVector ? "Tokens" : "X", Info.Name, isVector ? "reads vectors" : "reads tokens");
        BatchDoor.Check(!batch.IsPadded || !batch.Lengths.IsEmpty || !batch.SourceLengths.IsEmpty, "IsPadded", $"expected Lengths to go with it, got none");
        var count = BatchDoor.Lengths(
            batch.Lengths, batch.IsPadded, isVector ? batch.X.Length : batch.Tokens.Length, isVector ? Info.InputSize : 1, workspace.Batch, workspace.Steps,
            (isVector ? "X" : "Tokens", "Lengths"), plan.MainLengths, out var positions);
        Set(Main, batch.Lengths, batch.IsPadded, count, plan.MainLengths);
        single.SetTimeMajor(count);
        if (!batch.Present.IsEmpty)
        {
            Door.Length(batch.Present.Length, positions, "Present", "one a position");
            BatchDoor.Check(!ReadsTokens, "Present", $"a one-hot input cannot be missing; expected an embedding, or a token of its own for it");
        }

        if (!isVector)
        {
            BatchDoor.Tokens(batch.Tokens, batch.Present, [], Main, plan.MainLengths, count, Info.Vocabulary, "Tokens");
        }

        Door.Length(batch.Condition.Length, (long)count * Info.ConditionSize, "Condition", "[B, C]");
        TakeSource(in batch, count);
        OutputPositions = Info.OutputDomain == TimeDomain.Single ? count : positions;
        plan.Arrange(count, Info.Source is not null);
    }

    /// <summary>Checks with what sequences start that are made step by step.</summary>
    public void TakeStart(in SequenceBatch start, int count)
    {
        BatchDoor.Empty(start.X.Length, "X", Info.Name, "is stepped: steps bring the input");
        BatchDoor.Empty(start.Tokens.Length, "Tokens", Info.Name, "is stepped: steps bring the input");
        BatchDoor.Empty(start.Present.Length, "Present", Info.Name, "is stepped: steps bring the input");
        BatchDoor.Empty(start.Targets.Length + start.TargetTokens.Length + start.Weights.Length, "Targets", Info.Name, "is not trained here");
        BatchDoor.Empty(start.Lengths.Length, "Lengths", Info.Name, "is stepped: END says how long a sequence is");
        Door.Length(start.Condition.Length, (long)count * Info.ConditionSize, "Condition", "[B, C]");
        TakeSource(in start, count);

        // Until here only what no step reads has changed: sequences that were started before can go on if these are refused.
        new Span<int>(plan.MainLengths, count).Fill(1);
        SetTimeMajor(count);
        OutputPositions = count;
        plan.Arrange(count, Info.Source is not null);
    }

    /// <summary>All positions stand in the caller's memory step by step.</summary>
    public void SetTimeMajor(int count)
    {
        Main.SetTimeMajor(count);
        single.SetTimeMajor(count);
    }

    /// <summary>Copies the rows of one worker.</summary>
    public void Gather(int worker, in BatchPointers from)
    {
        GatherStep(worker, in from);
        GatherStart(worker, in from);
    }

    /// <summary>Copies a worker's rows of the model's own time.</summary>
    public void GatherStep(int worker, in BatchPointers from)
    {
        var rows = plan.Rows(worker);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            GatherMain(row, in from);
        }
    }

    /// <summary>Copies a worker's rows of everything else.</summary>
    public void GatherStart(int worker, in BatchPointers from)
    {
        var rows = plan.Rows(worker);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            if (Info.Source is { } info)
            {
                GatherSource(row, info, in from);
            }

            if (Info.ConditionSize > 0)
            {
                var sequence = plan[TimeDomain.Single].Sequence[row];
                var to = workspace.ValuesOf(LayerWiring.ConditionInput) + ((nint)row * Padding.RoundUp(Info.ConditionSize));
                VectorRows.CopyFlushed(from.Condition + ((nint)sequence * Info.ConditionSize), to, Info.ConditionSize);
            }
        }
    }

    /// <summary>An input that was missing has no gradient.</summary>
    public void ForgetMissing(int worker, in BatchPointers from, float* dInput)
    {
        var rows = plan.Rows(worker);
        var (domain, stride) = (plan[TimeDomain.Main], Padding.RoundUp(Info.InputSize));
        for (var row = rows.Begin; row < rows.End && from.Present != null && dInput != null; row++)
        {
            for (var t = 0; t < domain.Length[row]; t++)
            {
                if (!from.Present[Main.At(domain.Sequence[row], t)])
                {
                    VectorRows.Clear(dInput + ((((nint)t * workspace.Batch) + row) * stride), stride);
                }
            }
        }
    }

    private static void Set(PositionMap layout, ReadOnlySpan<int> lengths, bool isPadded, int count, int* to)
    {
        if (lengths.IsEmpty || isPadded)
        {
            layout.SetTimeMajor(count);
        }
        else
        {
            layout.SetRagged(count, to);
        }
    }

    private void TakeSource(in SequenceBatch batch, int count)
    {
        if (Info.Source is not { } info)
        {
            BatchDoor.Empty(batch.SourceX.Length, "SourceX", Info.Name, "has no encoder");
            BatchDoor.Empty(batch.SourceTokens.Length, "SourceTokens", Info.Name, "has no encoder");
            BatchDoor.Empty(batch.SourceLengths.Length, "SourceLengths", Info.Name, "has no encoder");
            return;
        }

        var isVector = info.Input == InputKind.Vector;
        BatchDoor.Empty(
            isVector ? batch.SourceTokens.Length : batch.SourceX.Length, isVector ? "SourceTokens" : "SourceX",
            Info.Name, isVector ? "has an encoder of vectors" : "has an encoder of tokens");
        BatchDoor.Check(
            batch.SourceLengths.IsEmpty || batch.SourceLengths.Length == count, "SourceLengths", $"expected {count} sequences, as many as there are, got {batch.SourceLengths.Length}");
        BatchDoor.Lengths(
            batch.SourceLengths, batch.IsPadded, isVector ? batch.SourceX.Length : batch.SourceTokens.Length, isVector ? info.InputSize : 1, count,
            workspace.SourceSteps, (isVector ? "SourceX" : "SourceTokens", "SourceLengths"), plan.SourceLengths, out _);
        Set(source, batch.SourceLengths, batch.IsPadded, count, plan.SourceLengths);
        if (!isVector)
        {
            BatchDoor.Tokens(batch.SourceTokens, [], [], source, plan.SourceLengths, count, info.Vocabulary, "SourceTokens");
        }
    }

    private void GatherMain(int row, in BatchPointers from)
    {
        var (domain, size) = (plan[TimeDomain.Main], Info.InputSize);
        var stride = Padding.RoundUp(size);
        var input = workspace.ValuesOf(LayerWiring.MainInput);
        for (var t = 0; t < domain.Length[row]; t++)
        {
            var at = Main.At(domain.Sequence[row], t);
            var to = ((nint)t * workspace.Batch) + row;
            var isMissing = from.Present != null && !from.Present[at];
            if (Info.Input != InputKind.Vector)
            {
                workspace.Tokens[to] = isMissing ? 0 : from.Tokens[at];
            }

            if (input == null)
            {
                continue;
            }

            var vector = input + (to * stride);
            if (isMissing || Info.Input == InputKind.OneHot)
            {
                VectorRows.Clear(vector, stride);
            }

            if (!isMissing)
            {
                Write(vector, size, Info.Input, from.X == null ? null : from.X + (at * size), from.Tokens == null ? 0 : from.Tokens[at]);
            }
        }
    }

    private void Write(float* vector, int size, InputKind kind, float* x, int token)
    {
        switch (kind)
        {
            case InputKind.Vector:
                VectorRows.CopyFlushed(x, vector, size);
                break;
            case InputKind.OneHot:
                vector[token] = 1;
                break;
            default:
                VectorRows.Copy(workspace.Model.EmbeddingAddress + ((nint)token * size), vector, size);
                break;
        }
    }

    private void GatherSource(int row, SourceInfo info, in BatchPointers from)
    {
        var (domain, stride) = (plan[TimeDomain.Source], Padding.RoundUp(info.InputSize));
        var input = workspace.ValuesOf(LayerWiring.SourceInput);
        for (var t = 0; t < domain.Length[row]; t++)
        {
            var at = source.At(domain.Sequence[row], t);
            var to = ((nint)t * workspace.Batch) + row;
            if (info.Input != InputKind.Vector)
            {
                workspace.SourceTokens[to] = from.SourceTokens[at];
            }

            if (info.Input != InputKind.Embedding)
            {
                VectorRows.Clear(input + (to * stride), stride);
                Write(
                    input + (to * stride), info.InputSize, info.Input, from.SourceX == null ? null : from.SourceX + (at * info.InputSize),
                    from.SourceTokens == null ? 0 : from.SourceTokens[at]);
            }
        }
    }
}
