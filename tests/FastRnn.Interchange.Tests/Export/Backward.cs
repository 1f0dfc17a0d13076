using FastRnn.CompilerServices;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.Export;

/// <summary>A chain whose recurrent layers read each sequence from its end: a reversal before each and after it.</summary>
internal static class Backward
{
    /// <param name="chain">Recurrent layers, then others, each reading the one before.</param>
    /// <param name="other">A model that has a reversal, to take its table from.</param>
    public static ModelInfo Of(ModelInfo chain, Type other)
    {
        var from = (ModelInfo)other.GetProperty("Info")!.GetValue(null)!;
        var reversal = from.Layers.First(l => l.Wiring.Operation == LayerOperation.Reverse);
        List<LayerInfo> layers = [];
        foreach (var layer in chain.Layers)
        {
            if (layer.IsRecurrent)
                Add(reversal);
            Add(layer);
            if (layer.IsRecurrent)
                Add(reversal);
        }

        return chain with { Layers = layers };

        void Add(LayerInfo layer) => layers.Add(layer with { Wiring = layer.Wiring with { Sources = [layers.Count - 1] } });
    }

    /// <summary>A tensor <c>[T, ...]</c> from its last step to its first.</summary>
    public static Tensor Turned(Tensor tensor)
    {
        var row = tensor.Count / tensor.Shape[0];
        return new(tensor.Shape, [.. tensor.Values.Chunk(row).Reverse().SelectMany(r => r)], tensor.Type);
    }
}
