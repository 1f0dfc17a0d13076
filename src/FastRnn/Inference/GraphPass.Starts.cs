using FastRnn.Kernels;
using FastRnn.Models;

namespace FastRnn.Inference;

/// <content>With what sequences begin.</content>
internal sealed unsafe partial class GraphPass<TModel>
{
    private static readonly StateStart Zero = new(StartKind.Zero);

    /// <summary>How a state of a layer begins.</summary>
    public static StateStart StartOf(int layer, int state)
    {
        var starts = Info.Layers[layer].Wiring?.Starts;
        return starts is null || state >= starts.Count ? Zero : starts[state];
    }

    /// <summary>Where a worker's rows of a state begin, before the first step.</summary>
    public float* FirstState(int layer, int state, int row) =>
        workspace[layer].States[state].Values + ((nint)row * Info.Layers[layer].States[state].PaddedSize);

    /// <summary>Where a row's state is after its last step.</summary>
    public float* LastState(int layer, int state, int row) =>
        FirstState(layer, state, row) + (plan[DomainOf(layer)].Length[row] * workspace[layer].States[state].Step);

    /// <summary>Gives all states of some rows their first values.</summary>
    public void Start(RowRange rows)
    {
        CarriesState = false;
        for (var l = 0; l < Info.Layers.Count; l++)
        {
            Start(l, rows);
        }
    }

    private void Start(int layer, RowRange rows)
    {
        var info = Info.Layers[layer];
        if (!info.IsRecurrent)
        {
            return;
        }

        for (var s = 0; s < info.States.Count; s++)
        {
            var start = StartOf(layer, s);
            if (start.Kind != StartKind.Masked && (start.Kind == StartKind.Mask || !CarriesState))
            {
                for (var row = rows.Begin; row < rows.End; row++)
                {
                    Start(layer, s, row, start);
                }
            }
        }

        for (var s = 0; s < info.States.Count; s++)
        {
            if (StartOf(layer, s) is { Kind: StartKind.Masked } start)
            {
                for (var row = rows.Begin; row < rows.End; row++)
                {
                    VectorRows.Multiply(
                        FirstState(layer, start.Index, row), FirstState(layer, start.State, row), FirstState(layer, s, row), info.States[s].PaddedSize);
                }
            }
        }
    }

    private void Start(int layer, int state, int row, StateStart start)
    {
        var values = FirstState(layer, state, row);
        var (size, floats) = (Info.Layers[layer].States[state].Size, Info.Layers[layer].States[state].PaddedSize);
        var domain = DomainOf(layer);
        var sequence = plan[domain].Sequence[row];
        switch (start.Kind)
        {
            case StartKind.Random when IsTraining:
                for (var unit = 0; unit < size; unit++)
                {
                    values[unit] = start.Value * RandomMask.Normal(Key, (layer * mostStates) + state, sequence, unit);
                }

                break;
            case StartKind.Learned:
                VectorRows.Copy(Parameter(layer, start.Index), values, size);
                break;
            case StartKind.Layer:
                VectorRows.Copy(Values(start.Index).At(0, RowIn(TimeDomain.Single, domain, row)), values, size);
                break;
            case StartKind.LastState:
                VectorRows.Copy(LastState(start.Index, start.State, RowIn(TimeDomain.Source, domain, row)), values, size);
                break;
            case StartKind.Mask:
                Mask(values, size, RandomMask.Row(Key, (layer * mostStates) + state, sequence, RandomMask.WholeSequence), start.Value);
                break;
            default:
                VectorRows.Clear(values, floats);
                break;
        }

        VectorRows.Flush(values, floats);
    }

    private void Mask(float* values, int size, ulong key, float rate)
    {
        for (var unit = 0; unit < size; unit++)
        {
            values[unit] = IsTraining ? RandomMask.Dropout(key, unit, rate) : 1;
        }
    }
}
