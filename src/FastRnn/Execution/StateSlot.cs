using System.Globalization;

namespace FastRnn.Execution;

/// <summary>A state that a stream carries from step to step.</summary>
/// <param name="Layer">The layer's index.</param>
/// <param name="State">The state's index in its layer.</param>
/// <param name="Name">What a file calls it: recurrent layers are counted without the others, so that dropout may come and go.</param>
/// <param name="Size">Its length.</param>
internal readonly record struct StateSlot(int Layer, int State, string Name, int Size)
{
    /// <summary>All of a model. Masks are none of them: those of recurrent dropout are ones in
    /// inference, and those of a zoneout the declared probability.</summary>
    public static IReadOnlyList<StateSlot> Of(ModelInfo info)
    {
        var slots = new List<StateSlot>();
        var recurrent = 0;
        for (var l = 0; l < info.Layers.Count; l++)
        {
            var layer = info.Layers[l];
            if (!layer.IsRecurrent)
            {
                continue;
            }

            for (var s = 0; s < layer.States.Count; s++)
            {
                if (layer.Wiring.Starts.ElementAtOrDefault(s)?.IsMask != true)
                {
                    slots.Add(new(l, s, string.Create(CultureInfo.InvariantCulture, $"state.{recurrent}.{layer.States[s].Name}"),
                        layer.States[s].Size));
                }
            }

            recurrent++;
        }

        // What a layer reads of a later one, a step late, goes on with its sequence as well.
        for (var l = 0; l < info.Layers.Count; l++)
        {
            slots.AddRange(info.Layers[l].Wiring.Sources.Where(source => source > l).Select(
                source => new StateSlot(source, 0, "state.fed", info.Layers[source].OutputSize)));
        }

        return slots;
    }
}
