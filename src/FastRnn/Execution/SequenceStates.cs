using System.Globalization;

using FastRnn.CompilerServices;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>The states with which the sequences of a batch end, and those with which they begin where the caller gives them. They are kept
/// by sequence and not by row, so nobody sees which group, worker or place in memory a sequence had.</summary>
internal sealed class SequenceStates
{
    private const int First = 0;
    private const int Last = 1;
    private readonly ModelInfo info;
    private readonly ForwardPass forward;
    private readonly StateStore store;
    private readonly bool[][] given;

    /// <summary>The number of sequences for which each state was given; 0 where it begins as the model declares.</summary>
    private readonly int[][] counts;

    public SequenceStates(Runner runner)
    {
        (info, forward) = (runner.Info, runner.Forward);
        store = new StateStore(runner.Workspace, runner.Plan, count: 2);
        given = [.. info.Layers.Select(layer => new bool[layer.States.Count])];
        counts = [.. info.Layers.Select(layer => new int[layer.States.Count])];
    }

    /// <summary>Takes this part of an arena.</summary>
    public void Carve(ref ArenaLayout layout) => store.Carve(ref layout);

    /// <summary>The next passes begin with this state.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="values"><c>[B, D]</c>.</param>
    /// <param name="most">The most sequences.</param>
    /// <exception cref="ArgumentException">There is no such state, it begins with something else, or the span has another
    /// length.</exception>
    public void Set(int layer, int state, ReadOnlySpan<float> values, int most)
    {
        var size = ArgumentCheck.State(info, layer, state);
        CheckStart(layer, state);
        var count = ArgumentCheck.Rows(values.Length, size, most, nameof(values), "[B, D]");
        store.Write(layer, state, values);
        (given[layer][state], counts[layer][state]) = (true, count);
        forward.Given = given;
    }

    /// <summary>The next passes begin as the model declares.</summary>
    public void Reset()
    {
        for (var layer = 0; layer < given.Length; layer++)
        {
            Array.Clear(given[layer]);
            Array.Clear(counts[layer]);
        }

        forward.Given = null;
    }

    /// <summary>Copies out the states after the last pass.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <param name="count">B: the sequences of that pass.</param>
    /// <exception cref="ArgumentException">There is no such state, or the span has another length.</exception>
    public void Read(int layer, int state, Span<float> values, int count)
    {
        ArgumentCheck.State(info, layer, state, values.Length, count, nameof(values));
        store.Read(layer, state, values, Last);
    }

    /// <summary>Refuses a batch of more or fewer sequences than states were given for.</summary>
    /// <exception cref="InvalidOperationException">It is one.</exception>
    public void CheckCount(int count)
    {
        for (var layer = 0; forward.Given is not null && layer < counts.Length; layer++)
        {
            for (var state = 0; state < counts[layer].Length; state++)
            {
                if (counts[layer][state] is > 0 and var expected && expected != count)
                {
                    throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                        $"{info.Name}: {Name(layer, state)} was set for {expected} sequences, the batch has {count}."));
                }
            }
        }
    }

    /// <summary>A worker's rows begin with what was given.</summary>
    public void Begin(int worker)
    {
        if (forward.Given is not null)
        {
            store.Restore(First, worker);
        }
    }

    /// <summary>Keeps the states of a worker's rows after their last steps.</summary>
    public void End(int worker) => store.Keep(Last, worker);

    /// <summary>A state that is made of something else in each pass cannot be given.</summary>
    private void CheckStart(int layer, int state)
    {
        var why = info.Layers[layer].Wiring.Starts.ElementAtOrDefault(state) switch
        {
            { Kind: StartKind.Layer } => "begins with what the model makes of its condition or its encoder",
            { Kind: StartKind.LastState } start => string.Create(
                CultureInfo.InvariantCulture, $"begins with {Name(start.Index, start.State)}, which the encoder hands over"),
            { Kind: StartKind.Mask or StartKind.Masked } => "belongs to recurrent dropout: inference drops nothing",
            { Kind: StartKind.Zoneout } => "is the mask of a zoneout: in inference it is the declared probability",
            _ => null,
        };
        if (why is not null)
        {
            throw new ArgumentException($"{info.Name}: {Name(layer, state)} cannot be set; it {why}.", nameof(state));
        }
    }

    private string Name(int layer, int state) => string.Create(
        CultureInfo.InvariantCulture, $"state {state} ({info.Layers[layer].States[state].Name}) of layer {layer}");
}
