using FastRnn.Benchmarks.Peers;
using FastRnn.CompilerServices;

namespace FastRnn.Benchmarks.Models;

/// <summary>Weights in PyTorch's tensors, to and from the parameters of a model, by the names under which the cell stores them.</summary>
internal static class LayerTensors
{
    /// <summary>The second bias, which our equations lack, is added to the first.</summary>
    public static void Set<TModel>(Span<float> parameters, int layer, LayerWeights weights)
        where TModel : class, IModel<TModel>
    {
        foreach (var folded in (bool[])[false, true])
        {
            foreach (var (part, tensor, at) in Parts<TModel>(layer, weights))
            {
                if (part.Folded != folded)
                {
                    continue;
                }

                var target = Slice<TModel>(parameters, layer, part.Parameter);
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = folded ? target[i] + tensor[at + i] : tensor[at + i];
                }
            }
        }
    }

    /// <summary>Gradients: a bias that is a sum of two gives its own to both.</summary>
    public static LayerWeights Get<TModel>(ReadOnlySpan<float> gradients, int layer)
        where TModel : class, IModel<TModel>
    {
        var sizes = TModel.Info.Layers[layer].Tensors.ToDictionary(
            tensor => Name(tensor), tensor => tensor.Parts.Sum(part => TModel.Info.Layers[layer].Parameters[part.Parameter].Count));
        var weights = new LayerWeights(
            new float[sizes["weight_ih"]], new float[sizes["weight_hh"]], new float[sizes["bias_ih"]], new float[sizes["bias_hh"]]);
        foreach (var (part, tensor, at) in Parts<TModel>(layer, weights))
        {
            Slice<TModel>(gradients, layer, part.Parameter).CopyTo(tensor.AsSpan(at));
        }

        return weights;
    }

    private static IEnumerable<(TensorPart Part, float[] Tensor, int At)> Parts<TModel>(int layer, LayerWeights weights)
        where TModel : class, IModel<TModel>
    {
        var info = TModel.Info.Layers[layer];
        foreach (var tensor in info.Tensors)
        {
            var values = Name(tensor) switch
            {
                "weight_ih" => weights.WeightIh,
                "weight_hh" => weights.WeightHh,
                "bias_ih" => weights.BiasIh,
                "bias_hh" => weights.BiasHh,
                var other => throw new InvalidOperationException($"{info.Cell}: PyTorch has no tensor '{other}'."),
            };
            var at = 0;
            foreach (var part in tensor.Parts)
            {
                yield return (part, values, at);
                at += info.Parameters[part.Parameter].Count;
            }
        }
    }

    /// <summary>Without the layer's suffix <c>_l0</c>.</summary>
    private static string Name(TensorInfo tensor) => tensor.Name[..tensor.Name.LastIndexOf("_l", StringComparison.Ordinal)];

    private static Span<float> Slice<TModel>(Span<float> all, int layer, int parameter)
        where TModel : class, IModel<TModel>
    {
        var (begin, count) = Range<TModel>(layer, parameter);
        return all.Slice(begin, count);
    }

    private static ReadOnlySpan<float> Slice<TModel>(ReadOnlySpan<float> all, int layer, int parameter)
        where TModel : class, IModel<TModel>
    {
        var (begin, count) = Range<TModel>(layer, parameter);
        return all.Slice(begin, count);
    }

    private static (int Begin, int Count) Range<TModel>(int layer, int parameter)
        where TModel : class, IModel<TModel>
    {
        var info = TModel.Info.Layers[layer];
        return (info.ParameterOffset + info.Parameters[parameter].Offset, info.Parameters[parameter].Count);
    }
}
