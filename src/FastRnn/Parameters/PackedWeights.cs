using FastRnn.CompilerServices;
using FastRnn.Memory;

namespace FastRnn.Parameters;

/// <summary>The panels that the kernels of one direction read, for one vector width.</summary>
internal sealed unsafe class PackedWeights
{
    private readonly ModelInfo info;
    private readonly int lanes;
    private readonly IReadOnlyList<PanelInfo>[] panels;

    /// <summary>Says what there will be; <see cref="Carve"/> takes the memory.</summary>
    public PackedWeights(ModelInfo info, SimdWidth width, Func<LayerLayout, IReadOnlyList<PanelInfo>> direction)
    {
        (this.info, lanes) = (info, SimdWidths.Lanes(width));
        panels = [.. info.Layers.Select(l => direction(l.Layout))];
        Addresses = new nint[panels.Length];
    }

    /// <summary>Where each layer's panels begin.</summary>
    public nint[] Addresses { get; }

    /// <summary>Takes this part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        for (var l = 0; l < panels.Length; l++)
        {
            var floats = 0;
            foreach (var panel in panels[l])
            {
                floats = checked(floats + panel.Floats(lanes));
            }

            Addresses[l] = (nint)layout.Floats(floats);
        }
    }

    /// <summary>A layer's panels.</summary>
    public float* Layer(int layer) => (float*)Addresses[layer];

    /// <summary>Packs the share of one of several workers.</summary>
    public void Pack(float* parameters, int worker, int workers) => Walk(parameters, worker, workers, vectorsOnly: false);

    /// <summary>Packs the share of one of several workers of what <see cref="Repack"/> leaves.</summary>
    public void PackVectors(float* parameters, int worker, int workers) => Walk(parameters, worker, workers, vectorsOnly: true);

    /// <summary>Packs what changed from <paramref name="begin"/> to <paramref name="end"/>, but for vectors: they may be sums of
    /// several.</summary>
    public void Repack(float* parameters, int begin, int end)
    {
        for (var l = 0; l < panels.Length; l++)
        {
            var layer = info.Layers[l];
            var (first, last) = (Math.Max(begin - layer.ParameterOffset, 0), Math.Min(end - layer.ParameterOffset, layer.ParameterCount));
            var at = Layer(l);
            for (var p = 0; p < panels[l].Count && first < last; at += panels[l][p].Floats(lanes), p++)
            {
                Repacking.Pack(panels[l][p], lanes, parameters + layer.ParameterOffset, at, first, last);
            }
        }
    }

    private void Walk(float* parameters, int worker, int workers, bool vectorsOnly)
    {
        for (var l = 0; l < panels.Length; l++)
        {
            var source = parameters + info.Layers[l].ParameterOffset;
            var at = Layer(l);
            for (var p = 0; p < panels[l].Count; at += panels[l][p].Floats(lanes), p++)
            {
                var panel = panels[l][p];
                var tiles = panel.Tiles(lanes);
                var (begin, end) = ((int)((long)tiles * worker / workers), (int)((long)tiles * (worker + 1) / workers));
                if (vectorsOnly)
                {
                    Packing.PackHeads(panel, lanes, source, at, begin, end);
                }
                else
                {
                    Packing.Pack(panel, lanes, source, at, begin, end);
                }
            }
        }
    }
}
