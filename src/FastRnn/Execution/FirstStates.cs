using FastRnn.CompilerServices;
using FastRnn.Kernels;

namespace FastRnn.Execution;

/// <summary>With what the states of sequences begin, and where the gradients of first states go.</summary>
internal sealed unsafe class FirstStates(Workspace workspace, BatchPlan plan, PassKey key)
{
    private readonly int mostStates = Numbers.Max(workspace.Info.Layers, l => l.States.Count);

    /// <summary>Gives the states of a worker's rows of a layer their first values.</summary>
    /// <param name="step">The layer; one without carried states has none.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="given">States that are there already, from the pass before or from the user; null if all begin anew.</param>
    public void Begin(LayerStep step, (int Begin, int End) rows, bool[]? given)
    {
        if (!step.Info.IsRecurrent)
        {
            return;
        }

        for (var s = 0; s < step.Starts.Length; s++)
        {
            // A mask is drawn anew in each pass; one of a zoneout is the same in all steps, until those of a training overwrite it.
            var kind = step.Starts[s].Kind;
            if (kind != StartKind.Masked && (kind is StartKind.Mask or StartKind.Zoneout || given?[s] != true))
            {
                for (var row = rows.Begin; row < rows.End; row++)
                {
                    Begin(step, s, row);
                }
            }
        }

        Derive(step, rows);
    }

    /// <summary>States that are made of others follow these.</summary>
    public void Derive(LayerStep step, (int Begin, int End) rows)
    {
        for (var s = 0; s < step.Starts.Length; s++)
        {
            if (step.Starts[s] is { Kind: StartKind.Masked } start)
            {
                for (var row = rows.Begin; row < rows.End; row++)
                {
                    VectorRows.Multiply(
                        At(step, start.Index, row), At(step, start.State, row), At(step, s, row), step.StateSizes[s]);
                }
            }
        }
    }

    /// <summary>Gradients of a worker's first states go to where these came from: to layers and to the last states of the encoder. Learned
    /// ones stay, and are summed over all sequences later (<see cref="WeightGradients"/>).</summary>
    public void Backward(LayerStep step, (int Begin, int End) rows, BackwardPass backward)
    {
        for (var s = 0; s < step.Starts.Length; s++)
        {
            if (step.Starts[s].Kind == StartKind.Masked)
            {
                Unmask(step, s, rows);
            }
        }

        for (var s = 0; s < step.Starts.Length; s++)
        {
            var (start, floats) = (step.Starts[s], step.StateSizes[s]);
            for (var row = rows.Begin; row < rows.End; row++)
            {
                if (start.Kind == StartKind.Layer)
                {
                    var to = (nint)plan.RowIn(TimeDomain.Single, step.Time, row) * floats;
                    VectorRows.Copy(Gradient(step.Index, s, row), backward.StartEdge(step.Index, s) + to, floats);
                }
                else if (start.Kind == StartKind.LastState)
                {
                    var last = Gradient(start.Index, start.State, plan.RowIn(TimeDomain.Source, step.Time, row));
                    VectorRows.Add(Gradient(step.Index, s, row), last, floats);
                }
            }
        }
    }

    /// <summary>The gradient of a masked state belongs to what was masked.</summary>
    private void Unmask(LayerStep step, int state, (int Begin, int End) rows)
    {
        var (start, floats) = (step.Starts[state], step.StateSizes[state]);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            var masked = Gradient(step.Index, state, row);
            VectorRows.Multiply(masked, At(step, start.State, row), masked, floats);
            VectorRows.Add(masked, Gradient(step.Index, start.Index, row), floats);
        }
    }

    private float* At(LayerStep step, int state, int row) => workspace.StateAt(step.Index, state, row, 0);

    private float* Gradient(int layer, int state, int row) =>
        workspace[layer].States[state].Gradient + ((nint)row * workspace.Steps[layer].StateSizes[state]);

    private void Begin(LayerStep step, int state, int row)
    {
        var start = step.Starts[state];
        var values = At(step, state, row);
        var (size, floats) = (step.Info.States[state].Size, step.StateSizes[state]);
        var place = (step.Index * mostStates) + state;
        switch (start.Kind)
        {
            case StartKind.Random when key.IsTraining:
                for (var unit = 0; unit < size; unit++)
                {
                    values[unit] = start.Value * RandomMask.Normal(key.Value, place, plan[step.Time].Sequence[row], unit);
                }

                break;
            case StartKind.Learned:
                VectorRows.Copy(workspace.Model.Parameter(step.Index, start.Index), values, size);
                break;
            case StartKind.Layer:
                var single = plan.RowIn(TimeDomain.Single, step.Time, row);
                VectorRows.Copy(workspace.Values(start.Index, plan.WorkerOf(single)).At(0, single), values, size);
                break;
            case StartKind.LastState:
                var from = plan.RowIn(TimeDomain.Source, step.Time, row);
                VectorRows.Copy(workspace.StateAt(start.Index, start.State, from, plan[TimeDomain.Source].Length[from]), values, size);
                break;
            case StartKind.Mask:
                Mask(values, size, RandomMask.Row(key.Value, place, plan[step.Time].Sequence[row], RandomMask.WholeSequence), start.Value);
                break;
            case StartKind.Zoneout:
                new Span<float>(values, floats).Fill(start.Value);
                break;
            default:
                VectorRows.Clear(values, floats);
                break;
        }

        VectorRows.Flush(values, floats);
    }

    private void Mask(float* values, int size, ulong row, float rate)
    {
        for (var unit = 0; unit < size; unit++)
        {
            values[unit] = key.IsTraining ? RandomMask.Dropout(row, unit, rate) : 1;
        }
    }
}
