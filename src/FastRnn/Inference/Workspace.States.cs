namespace FastRnn.Inference;

/// <content>The states between two passes.</content>
internal sealed unsafe partial class Workspace<TModel>
{
    private readonly int[] stateCounts = [.. TModel.Info.Layers.Select(l => l.States.Count)];
    private int position;

    /// <summary>The last state of a pass of <paramref name="steps"/> steps becomes the first of the next one.</summary>
    public void CarryState(int steps)
    {
        for (var l = 0; l < layers.Length; l++)
        {
            for (var s = 0; s < Info.Layers[l].States.Count; s++)
            {
                var state = layers[l].States[s];
                if (state.Step != 0)
                {
                    var floats = Batch * Info.Layers[l].States[s].PaddedSize;
                    new ReadOnlySpan<float>(state.Values + (steps * state.Step), floats).CopyTo(new Span<float>(state.Values, floats));
                }
            }
        }
    }

    /// <summary>Before a pass of <paramref name="steps"/> steps that carries on where the last one stopped: sees to it that so many slots
    /// lie ahead. Without a tape only; the states are copied once in <see cref="Steps"/> steps.</summary>
    public void MakeRoom(int steps)
    {
        if (position + steps > Steps)
        {
            var done = position;
            Move(-done);
            CarryState(done);
        }
    }

    /// <summary>After a pass of <paramref name="steps"/> steps: the next one begins with the slots behind it.</summary>
    public void Move(int steps)
    {
        position += steps;
        for (var l = 0; l < layers.Length; l++)
        {
            var states = layers[l].States;
            for (var s = 0; s < stateCounts[l]; s++)
            {
                states[s].Values += steps * states[s].Step;
            }

            if (l + 1 < layers.Length)
            {
                layers[l + 1].Input = OutputOf(l);
            }
        }
    }

    /// <summary>All states of all rows become zero.</summary>
    public void ResetState() => ResetState(0, Batch);

    /// <summary>All states of a row become zero.</summary>
    public void ResetState(int row) => ResetState(row, 1);

    /// <summary>All states become those of another workspace of as many rows.</summary>
    public void CopyState(Workspace<TModel> from)
    {
        for (var l = 0; l < layers.Length; l++)
        {
            for (var s = 0; s < stateCounts[l]; s++)
            {
                var floats = Batch * Info.Layers[l].States[s].PaddedSize;
                new ReadOnlySpan<float>(from.State(l, s), floats).CopyTo(new Span<float>(State(l, s), floats));
            }
        }
    }

    /// <summary>Where the states are with which the next pass starts, <c>[B, D]</c>, padded rows.</summary>
    public float* State(int layer, int state) => layers[layer].States[state].Values;

    private void ResetState(int row, int rows)
    {
        for (var l = 0; l < layers.Length; l++)
        {
            for (var s = 0; s < stateCounts[l]; s++)
            {
                var size = Info.Layers[l].States[s].PaddedSize;
                new Span<float>(State(l, s) + ((nint)row * size), rows * size).Clear();
            }
        }
    }
}
