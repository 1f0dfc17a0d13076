using System.Globalization;

using FastRnn.CompilerServices;
using FastRnn.Memory;

namespace FastRnn.Parameters;

/// <summary>The weights of a model in another format, packed for inference as they were when a session was made. The embedding stays as it
/// was.</summary>
/// <param name="info">The model.</param>
/// <param name="lanes">Floats of a vector.</param>
/// <param name="exact">Layers that keep their floats.</param>
internal abstract unsafe class ConvertedWeights(ModelInfo info, int lanes, IReadOnlyList<int> exact)
{
    private readonly nint[] layers = new nint[info.Layers.Count];

    /// <summary>The embedding as it was, exact; null for a model without one.</summary>
    public float* Embedding { get; private set; }

    /// <summary>The model.</summary>
    protected ModelInfo Info => info;

    /// <summary>Floats of a vector.</summary>
    protected int Lanes => lanes;

    /// <summary>Bytes that kernels want for each worker, besides what they always have.</summary>
    public virtual int RoomBytes => 0;

    /// <summary>What messages call the format.</summary>
    protected abstract string Name { get; }

    private int EmbeddingLength => info.EmbeddingParameters;

    /// <summary>Whether a layer has the other format.</summary>
    public bool IsConverted(int layer) => !Contains(exact, layer);

    /// <summary>The panels of a layer.</summary>
    public float* Layer(int layer) => (float*)layers[layer];

    /// <summary>Takes the panels' part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        var embedding = layout.Floats(EmbeddingLength);
        Embedding = EmbeddingLength > 0 ? embedding : null;
        for (var l = 0; l < layers.Length; l++)
        {
            layers[l] = (nint)layout.Floats(Floats(l));
        }
    }

    /// <summary>Takes over the weights of another session of the same kind, whatever the model has become since.</summary>
    public void CopyFrom(ConvertedWeights other)
    {
        new ReadOnlySpan<float>(other.Embedding, EmbeddingLength).CopyTo(new Span<float>(Embedding, EmbeddingLength));
        for (var l = 0; l < layers.Length; l++)
        {
            new ReadOnlySpan<float>(other.Layer(l), Floats(l)).CopyTo(new Span<float>(Layer(l), Floats(l)));
        }
    }

    /// <summary>Rounds and packs the parameters as they are now.</summary>
    /// <exception cref="InvalidOperationException">A weight is not a finite number.</exception>
    public void Fill(ReadOnlySpan<float> parameters)
    {
        parameters[..EmbeddingLength].CopyTo(new Span<float>(Embedding, EmbeddingLength));
        for (var l = 0; l < layers.Length; l++)
        {
            var own = parameters.Slice(info.Layers[l].ParameterOffset, info.Layers[l].ParameterCount);
            for (var p = 0; p < info.Layers[l].Parameters.Count; p++)
            {
                var parameter = info.Layers[l].Parameters[p];
                Check(l, parameter, own.Slice(parameter.Offset, parameter.Count));
            }

            if (IsConverted(l))
            {
                Pack(l, own);
            }
            else
            {
                PackFloats(l, own);
            }
        }
    }

    /// <summary>Whether a list has a layer. A query would be larger in a native program.</summary>
    internal static bool Contains(IReadOnlyList<int> layers, int layer)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            if (layers[i] == layer)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A list of layers as it is now: lengths of panels follow from it again and again, and the user may change it.</summary>
    internal static int[] Copy(IReadOnlyList<int> layers)
    {
        var copy = new int[layers.Count];
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = layers[i];
        }

        return copy;
    }

    /// <summary>Floats of a panel.</summary>
    protected abstract int Floats(PanelInfo panel);

    /// <summary>Rounds and packs the parameters of a layer.</summary>
    protected abstract void Pack(int layer, ReadOnlySpan<float> parameters);

    /// <summary>The panels of a layer.</summary>
    protected IReadOnlyList<PanelInfo> Panels(int layer) => info.Layers[layer].Layout.Forward;

    private int Floats(int layer)
    {
        var floats = 0;
        foreach (var panel in Panels(layer))
        {
            floats = checked(floats + (IsConverted(layer) ? Floats(panel) : panel.Floats(lanes)));
        }

        return floats;
    }

    private void PackFloats(int layer, ReadOnlySpan<float> parameters)
    {
        fixed (float* source = parameters)
        {
            var at = Layer(layer);
            foreach (var panel in Panels(layer))
            {
                Packing.Pack(panel, lanes, source, at, 0, panel.Tiles(lanes));
                at += panel.Floats(lanes);
            }
        }
    }

    private void Check(int layer, ParameterInfo parameter, ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{info.Name}: {Name} weights are made of finite numbers; {parameter.Name} of layer {layer} has {values[i]} at {i}."));
            }
        }
    }
}
