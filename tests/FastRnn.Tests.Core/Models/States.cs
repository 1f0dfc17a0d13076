using FastRnn.CompilerServices;

namespace FastRnn.Tests.Models;

/// <summary>States of all sequences of a batch, <c>[layer][state][B, D]</c>.</summary>
internal static class States
{
    /// <summary>Room for all states of recurrent layers.</summary>
    public static float[][][] Of(ModelInfo info, int count) =>
        [.. info.Layers.Select(layer => layer.States.Select(state => new float[layer.IsRecurrent ? count * state.Size : 0]).ToArray())];

    /// <summary>Nothing is given.</summary>
    public static float[][][] None(ModelInfo info) => Of(info, 0);

    /// <summary>Numbers of the order of 1 for every state that may be given: it is made of nothing else.</summary>
    public static float[][][] Random(ModelInfo info, int count, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. info.Layers.Select(layer => layer.States.Select((state, s) =>
                layer.IsRecurrent && CanBeGiven(layer, s) ? Experiment.Numbers(random, count * state.Size, 1) : []).ToArray()),
        ];
    }

    /// <summary>Those of one sequence.</summary>
    public static float[][][] Row(float[][][] states, int count, int sequence) => [.. states.Select(layer => layer.Select(values =>
        values.AsSpan(values.Length / count * sequence, values.Length / count).ToArray()).ToArray())];

    private static bool CanBeGiven(LayerInfo layer, int state) =>
        layer.Wiring.Starts.ElementAtOrDefault(state)?.Kind is null or StartKind.Zero or StartKind.Random or StartKind.Learned;
}
