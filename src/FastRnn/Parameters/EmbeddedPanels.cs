using FastRnn.CompilerServices;

namespace FastRnn.Parameters;

/// <summary>Brings <see cref="EmbeddedWeights"/> to where a model wants them.</summary>
internal static unsafe class EmbeddedPanels
{
    /// <summary>Fills the embedding and the forward panels of all layers, for the vector width of the data.</summary>
    /// <param name="info">The model.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="lanes">Floats of a vector.</param>
    /// <param name="embedding">Receives the embedding.</param>
    /// <param name="forward">Where each layer's panels begin.</param>
    public static void Copy(ModelInfo info, EmbeddedWeights weights, int lanes, Span<float> embedding, nint[] forward)
    {
        var reader = new EmbeddedReader(weights);
        reader.ReadExact(embedding);
        for (var l = 0; l < forward.Length; l++)
        {
            var panels = info.Layers[l].Layout.Forward;
            var at = (float*)forward[l];
            if (weights.HasPanels(l))
            {
                for (var p = 0; p < panels.Count; at += panels[p].Floats(lanes), p++)
                {
                    ReadPanel(ref reader, panels[p], lanes, at);
                }

                continue;
            }

            var parameters = new float[info.Layers[l].ParameterCount];
            ReadLayer(ref reader, info.Layers[l], parameters);
            fixed (float* source = parameters)
            {
                for (var p = 0; p < panels.Count; at += panels[p].Floats(lanes), p++)
                {
                    Packing.Pack(panels[p], lanes, source, at, 0, panels[p].Tiles(lanes));
                }
            }
        }

        CheckEnd(info, in reader);
    }

    /// <summary>Fills all parameters in canonical order.</summary>
    /// <param name="info">The model.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="lanes">Floats of a vector of the data's width.</param>
    /// <param name="parameters">Receives them.</param>
    public static void Unpack(ModelInfo info, EmbeddedWeights weights, int lanes, Span<float> parameters)
    {
        var reader = new EmbeddedReader(weights);
        reader.ReadExact(parameters[..info.EmbeddingParameters]);
        for (var l = 0; l < info.Layers.Count; l++)
        {
            var layer = parameters.Slice(info.Layers[l].ParameterOffset, info.Layers[l].ParameterCount);
            if (!weights.HasPanels(l))
            {
                ReadLayer(ref reader, info.Layers[l], layer);
                continue;
            }

            foreach (var panel in info.Layers[l].Layout.Forward)
            {
                var packed = new float[panel.Floats(lanes)];
                fixed (float* at = packed)
                {
                    ReadPanel(ref reader, panel, lanes, at);
                }

                Unpacking.Unpack(panel, lanes, packed, layer);
            }
        }

        CheckEnd(info, in reader);
    }

    /// <summary>Tile by tile: the vectors at its head, then its weights.</summary>
    private static void ReadPanel(ref EmbeddedReader reader, PanelInfo panel, int lanes, float* at)
    {
        var tile = panel.TileFloats(lanes);
        var head = panel.Vectors.Count * panel.TileUnits(lanes);
        for (var t = panel.Tiles(lanes); t > 0; t--, at += tile)
        {
            reader.ReadExact(new Span<float>(at, head));
            reader.ReadWeights(new Span<float>(at + head, tile - head));
        }
    }

    /// <summary>What kernels multiply may be rounded; operations without kernels (attention, an embedding of the source) have exact
    /// parameters.</summary>
    private static void ReadLayer(ref EmbeddedReader reader, LayerInfo layer, Span<float> values)
    {
        var isKernel = layer.Wiring.Operation == LayerOperation.Kernel;
        foreach (var parameter in layer.Parameters)
        {
            var part = values.Slice(parameter.Offset, parameter.Count);
            if (parameter.IsVector || !isKernel || (reader.IsInteger && !Int8Layout.IsRounded(layer, parameter)))
            {
                reader.ReadExact(part);
            }
            else if (reader.IsInteger)
            {
                reader.ReadRows(part, parameter.Columns);
            }
            else
            {
                reader.ReadWeights(part);
            }
        }
    }

    private static void CheckEnd(ModelInfo info, in EmbeddedReader reader)
    {
        if (!reader.IsAtEnd)
        {
            throw new InvalidOperationException($"{info.Name}: the embedded weights are longer than the model.");
        }
    }
}
