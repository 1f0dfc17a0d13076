using FastRnn.CompilerServices;
using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>From the caller's memory to the rows of a plan: vectors flushed as states are, tokens by their rows of the embedding, zeros for
/// what is missing. A one-hot token is not expanded unless a cell does more with its input than multiply it.</summary>
internal sealed unsafe class InputRows(Workspace workspace, BatchPlan plan, BatchInput input)
{
    private ModelInfo Info => workspace.Info;

    /// <summary>Copies a worker's rows of everything.</summary>
    public void Gather(int worker, in BatchPointers from)
    {
        GatherMain(worker, in from);
        GatherStart(worker, in from);
    }

    /// <summary>Copies a worker's rows of the model's own time, unless they are read where they are.</summary>
    public void GatherMain(int worker, in BatchPointers from)
    {
        if (from.X != null && workspace.MainInput == from.X)
        {
            return;
        }

        var (time, map, firstStep) = (plan[TimeDomain.Main], input.Main, plan.FirstStep);
        var (begin, end) = time.SegmentsOf(plan.Part(worker));
        for (var s = begin; s < end; s++)
        {
            ref var segment = ref time.Segments[s];
            for (var t = segment.From; t < segment.To; t++)
            {
                var first = segment.Position + ((nint)(t - segment.From) * segment.Batch);
                for (var row = segment.RowBegin; row < segment.RowEnd; row++)
                {
                    GatherMain(first + row, map.At(time.Sequence[segment.FirstRow + row], t + firstStep), in from);
                }
            }
        }
    }

    /// <summary>Copies a worker's rows of what sequences start from.</summary>
    public void GatherStart(int worker, in BatchPointers from)
    {
        if (Info.Source is { } source)
        {
            GatherSource(worker, source, in from);
        }

        var rows = plan.Rows(worker);
        for (var row = rows.Begin; row < rows.End && Info.ConditionSize > 0; row++)
        {
            var to = workspace.Condition + ((nint)row * Padding.RoundUp(Info.ConditionSize));
            VectorRows.CopyFlushed(
                from.Condition + ((nint)plan[TimeDomain.Single].Sequence[row] * Info.ConditionSize), to, Info.ConditionSize);
        }
    }

    /// <summary>An input that was missing has no gradient.</summary>
    public void ForgetMissing(int worker, float* dInput)
    {
        if (!input.HasMissing || dInput == null)
        {
            return;
        }

        var (time, stride, rows) = (plan[TimeDomain.Main], Padding.RoundUp(Info.InputSize), plan.Rows(worker));
        for (var row = rows.Begin; row < rows.End; row++)
        {
            for (var t = 0; t < time.Length[row]; t++)
            {
                nint position = time.PositionOf(row, t);
                if (workspace.IsMissing[position])
                {
                    VectorRows.Clear(dInput + (position * stride), stride);
                }
            }
        }
    }

    /// <summary>Copies the outputs of a worker's sequences to the caller, normalised if the model says so: no step reads a dense layer's
    /// output back.</summary>
    public void CopyOutputs(int worker, float* y, bool normalizes = true)
    {
        var (time, size) = (plan[workspace.TimeOf(workspace.OutputSource)], Info.OutputSize);
        var (begin, end) = time.SegmentsOf(plan.Part(worker));
        nint stride = Padding.RoundUp(size);
        for (var s = begin; s < end; s++)
        {
            ref var segment = ref time.Segments[s];
            var outputs = workspace.InputOf(workspace.OutputSource, in segment);
            var rows = segment.RowEnd - segment.RowBegin;
            if (rows == segment.Batch && time.IsDense && plan.FirstStep == 0 && plan.FirstSequence == 0 && input.Outputs.IsTimeMajor(rows))
            {
                CopyRows(outputs, stride, y, size, rows * (segment.To - segment.From), normalizes);
                continue;
            }

            for (var t = segment.From; t < segment.To; t++)
            {
                for (var row = segment.RowBegin; row < segment.RowEnd; row++)
                {
                    var at = input.Outputs.At(time.Sequence[segment.FirstRow + row], t + (input.HasOutputPerStep ? plan.FirstStep : 0));
                    CopyRows(outputs + ((((nint)(t - segment.From) * segment.Batch) + row) * stride), stride, y + (at * size), size, 1,
                        normalizes);
                }
            }
        }
    }

    /// <summary>Copies the outputs of a stream's block: all its rows lie side by side, here and there.</summary>
    public void CopyOutputs(float* y, int rows)
    {
        var size = Info.OutputSize;
        CopyRows(workspace.OutputsOf(workspace.OutputSource, plan.Count), Padding.RoundUp(size), y, size, rows, normalizes: true);
    }

    /// <summary>Copies gradients of outputs, laid out as the caller's outputs are, to a worker's rows.</summary>
    public void GatherGradients(int worker, float* dY, float* dOutput)
    {
        var (time, size) = (plan[workspace.TimeOf(workspace.OutputSource)], Info.OutputSize);
        var (rows, to) = (plan.Rows(worker), time.Rows(dOutput, Padding.RoundUp(size), plan.Part(worker)));
        for (var row = rows.Begin; row < rows.End; row++)
        {
            for (var t = 0; t < time.Length[row]; t++)
            {
                VectorRows.Copy(dY + (input.Outputs.At(time.Sequence[row], t) * size), to.At(t, row), size);
            }
        }
    }

    /// <summary>Copies the gradients of a worker's inputs, laid out as the caller's input is.</summary>
    public void CopyInputGradients(int worker, float* dInput, float* dX)
    {
        var (time, size) = (plan[TimeDomain.Main], Info.InputSize);
        var (rows, from) = (plan.Rows(worker), time.Rows(dInput, Padding.RoundUp(size), plan.Part(worker)));
        for (var row = rows.Begin; row < rows.End; row++)
        {
            for (var t = 0; t < time.Length[row]; t++)
            {
                VectorRows.Copy(from.At(t, row), dX + (input.Main.At(time.Sequence[row], t) * size), size);
            }
        }
    }

    private void CopyRows(float* from, nint stride, float* to, int size, int rows, bool normalizes)
    {
        for (var row = 0; row < rows && normalizes && Info.SoftmaxOutput; row++)
        {
            Softmax.Normalize(workspace.Model.Width, from + (row * stride), size);
        }

        for (var row = 0; row < rows && normalizes && Info.LogSoftmaxOutput; row++)
        {
            Softmax.NormalizeLog(workspace.Model.Width, from + (row * stride), size);
        }

        RowCopy.Copy(from, stride, to, size, size, rows);
    }

    private void GatherMain(nint to, nint at, in BatchPointers from)
    {
        var isMissing = from.Present != null && !from.Present[at];
        if (workspace.IsMissing != null)
        {
            workspace.IsMissing[to] = isMissing;
        }

        if (Info.TokenCount == 1)
        {
            workspace.Tokens[to] = isMissing ? 0 : from.Tokens[at];
        }
        else
        {
            Spread(isMissing ? null : from.Tokens + (at * Info.TokenCount), TimeDomain.Main, Info.TokenCount, workspace.Tokens + to);
        }

        if (workspace.MainInput == null)
        {
            return;
        }

        var vector = workspace.MainInput + (to * workspace.MainStride);
        if (isMissing)
        {
            VectorRows.Clear(vector, workspace.MainStride);
        }
        else if (Info.Input == InputKind.Mixed)
        {
            SideBySide(workspace.Inputs, from.X + (at * Info.VectorSize), from.Tokens + (at * Info.TokenCount), vector);
        }
        else if (Info.Input == InputKind.Vector)
        {
            VectorRows.CopyFlushed(from.X + (at * Info.InputSize), vector, Info.InputSize);
        }
        else if (Info.Input == InputKind.OneHot)
        {
            OneHot(vector, workspace.MainStride, from.Tokens[at]);
        }
        else
        {
            VectorRows.Copy(workspace.Embedding + ((nint)from.Tokens[at] * Info.InputSize), vector, Info.InputSize);
        }
    }

    private void GatherSource(int worker, SourceInfo info, in BatchPointers from)
    {
        var (time, stride) = (plan[TimeDomain.Source], Padding.RoundUp(info.InputSize));
        var (begin, end) = time.SegmentsOf(plan.Part(worker));
        for (var s = begin; s < end; s++)
        {
            ref var segment = ref time.Segments[s];
            for (var t = segment.From; t < segment.To; t++)
            {
                for (var row = segment.RowBegin; row < segment.RowEnd; row++)
                {
                    var at = input.Source.At(time.Sequence[segment.FirstRow + row], t);
                    var to = segment.Position + ((nint)(t - segment.From) * segment.Batch) + row;
                    Spread(
                        from.SourceTokens + (at * info.TokenCount), TimeDomain.Source, info.TokenCount, workspace.SourceTokens + to);

                    if (info.Input == InputKind.Mixed)
                    {
                        SideBySide(
                            workspace.SourceInputs, from.SourceX + (at * info.VectorSize), from.SourceTokens + (at * info.TokenCount),
                            workspace.SourceInput + (to * stride));
                    }
                    else if (info.Input == InputKind.Vector)
                    {
                        VectorRows.CopyFlushed(from.SourceX + (at * info.InputSize), workspace.SourceInput + (to * stride), info.InputSize);
                    }
                    else if (info.Input == InputKind.OneHot)
                    {
                        OneHot(workspace.SourceInput + (to * stride), stride, from.SourceTokens[at]);
                    }
                }
            }
        }
    }

    /// <summary>The tokens of a position, each to those of its input; zeros for none.</summary>
    private void Spread(int* from, TimeDomain time, int count, int* to)
    {
        for (var k = 0; k < count; k++)
        {
            to[(nint)k * workspace.Sizes.PositionsOf(time)] = from == null ? 0 : from[k];
        }
    }

    /// <summary>Several inputs of a position, one behind the other.</summary>
    private void SideBySide(InputPlace[] inputs, float* x, int* tokens, float* to)
    {
        foreach (var input in inputs)
        {
            var part = to + input.Offset;
            switch (input.Kind)
            {
                case InputKind.Vector:
                    VectorRows.CopyFlushed(x, part, input.Size);
                    break;
                case InputKind.Embedding:
                    VectorRows.Copy(workspace.Embedding + input.Table + ((nint)tokens[input.Token] * input.Size), part, input.Size);
                    break;
                default:
                    OneHot(part, input.Size, tokens[input.Token]);
                    break;
            }
        }
    }

    private static void OneHot(float* vector, int floats, int token)
    {
        VectorRows.Clear(vector, floats);
        vector[token] = 1;
    }
}
