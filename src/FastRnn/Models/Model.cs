using System.Diagnostics.CodeAnalysis;

using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Models;

/// <summary>The parameters of a model: the base of every <see cref="ModelAttribute"/> class. Any number of sessions on any number
/// of threads may read one model; a trainer changes it, and so may the user through <see cref="Parameters"/> and <see cref="Refresh()"/>.</summary>
/// <typeparam name="TSelf">The generated class.</typeparam>
[SuppressMessage(
    "Reliability",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "Sessions of other threads may still read; the arenas go back to the pool when nobody holds the model.")]
public abstract unsafe class Model<TSelf>
    where TSelf : Model<TSelf>, IModel<TSelf>
{
    private readonly Arena arena;
    private readonly Lock backwardLock = new();
    private readonly Lock parametersLock = new();
    private readonly nint[] forward;
    private Arena? backwardArena;
    private nint[]? backward;
    private Arena? parametersArena;

    // Embedded weights may be in the kernels' order. Then there are panels and, if the model has one, the embedding; all parameters are made when somebody asks for them.
    private nint parameters;
    private nint embedding;

    /// <summary>Takes the model's arena and gives the parameters their first values.</summary>
    /// <param name="seed">The same seed gives the same parameters on every machine.</param>
    /// <param name="width">The vector width of the kernels; results do not depend on it.</param>
    protected Model(int seed, SimdWidth width)
    {
        Width = KernelWidth.Resolve(Info, width);
        forward = new nint[Info.Layers.Count];
        arena = CreateArena(hasParameters: true);
        Initialization.Initialize(Info, Parameters, seed);
        Refresh();
    }

    /// <summary>Takes the model's arena and copies the weights that are part of the assembly (<see cref="WeightsAttribute"/>).</summary>
    /// <param name="width">The vector width of the kernels; results do not depend on it.</param>
    /// <exception cref="InvalidOperationException">The assembly has no weights for this model.</exception>
    protected Model(SimdWidth width)
    {
        Width = KernelWidth.Resolve(Info, width);
        forward = new nint[Info.Layers.Count];
        var isPacked = TSelf.Weights.PanelWidth == Width;
        arena = CreateArena(hasParameters: !isPacked);
        if (isPacked)
        {
            EmbeddedPanels.Copy(Info, TSelf.Weights, Lanes, LayoutIndex(Width), new((float*)embedding, Info.EmbeddingParameters), forward);
        }
        else
        {
            Unpack(Parameters);
            Refresh();
        }
    }

    /// <summary>Layers, parameters and sizes.</summary>
    public static ModelInfo Info => TSelf.Info;

    /// <summary>The vector width of the kernels.</summary>
    public SimdWidth Width { get; }

    /// <summary>All learned numbers: the embedding table <c>[Vocabulary, Size]</c> if there is one, then layer by layer each parameter
    /// row-major in declared order (<see cref="ModelInfo.Layers"/> has the offsets). After a change call <see cref="Refresh()"/>. The span is
    /// valid while the model is reachable.</summary>
    public Span<float> Parameters => new(ParameterAddress, Info.ParameterCount);

    /// <summary>Floats of a vector.</summary>
    internal int Lanes => SimdWidths.Lanes(Width);

    /// <summary>Whether the parameters stand in memory in canonical order.</summary>
    internal bool HasParameters => Volatile.Read(ref parameters) != 0;

    internal float* ParameterAddress => (float*)(Volatile.Read(ref parameters) is var address && address != 0 ? address : MakeParameters());

    /// <summary>The embedding table, for those who read nothing else.</summary>
    internal float* EmbeddingAddress => (float*)Volatile.Read(ref embedding);

    /// <summary>One parameter of a layer, row-major. After a change call <see cref="Refresh()"/>. The span is valid while the model is reachable.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="name">The field's name in the cell.</param>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public Span<float> Parameter(int layer, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, Info.Layers.Count);
        var info = Info.Layers[layer];
        var parameter = info.Parameters.FirstOrDefault(p => p.Name == name) ?? throw new ArgumentException(
            $"Layer {layer} ({info.Cell}) has no parameter '{name}'; it has {string.Join(", ", info.Parameters.Select(p => p.Name))}.", nameof(name));
        return Parameters.Slice(info.ParameterOffset + parameter.Offset, parameter.Count);
    }

    /// <summary>Packs the parameters anew for the kernels. Needed after a change through <see cref="Parameters"/>; loading and training do it themselves.</summary>
    public void Refresh()
    {
        MakeParameters();
        for (var worker = 0; worker < Info.Layers.Count; worker++)
        {
            Refresh(worker, Info.Layers.Count);
        }

        GC.KeepAlive(this);
    }

    /// <summary>The share of one of several workers in <see cref="Refresh()"/>.</summary>
    internal void Refresh(int worker, int workers)
    {
        for (var l = 0; l < forward.Length; l++)
        {
            Pack(l, Layout(l).Forward, forward[l], worker, workers);
            if (backward is { } addresses)
            {
                Pack(l, Layout(l).Backward, addresses[l], worker, workers);
            }
        }

        GC.KeepAlive(this);
    }

    /// <summary>Packs what changed from <paramref name="begin"/> to <paramref name="end"/>, but for vectors: they may be sums of several.</summary>
    internal void Repack(int begin, int end)
    {
        for (var l = 0; l < forward.Length; l++)
        {
            var info = Info.Layers[l];
            var (first, last) = (Math.Max(begin - info.ParameterOffset, 0), Math.Min(end - info.ParameterOffset, info.ParameterCount));
            if (first < last)
            {
                Repack(Layout(l).Forward, forward[l], ParameterAddress + info.ParameterOffset, first, last);
                if (backward is { } addresses)
                {
                    Repack(Layout(l).Backward, addresses[l], ParameterAddress + info.ParameterOffset, first, last);
                }
            }
        }

        GC.KeepAlive(this);
    }

    /// <summary>The share of one of several workers in what <see cref="Repack(int, int)"/> leaves.</summary>
    internal void RepackVectors(int worker, int workers)
    {
        for (var l = 0; l < forward.Length; l++)
        {
            RepackVectors(l, Layout(l).Forward, forward[l], worker, workers);
            if (backward is { } addresses)
            {
                RepackVectors(l, Layout(l).Backward, addresses[l], worker, workers);
            }
        }

        GC.KeepAlive(this);
    }

    internal float* ForwardWeights(int layer) => (float*)forward[layer];

    /// <summary>Only who trains needs the second half of the panels; from the first call on they are kept up to date.</summary>
    internal void PrepareBackward()
    {
        lock (backwardLock)
        {
            if (backward is not null)
            {
                return;
            }

            var addresses = new nint[Info.Layers.Count];
            backwardArena = new Arena((ref ArenaLayout layout) =>
            {
                for (var l = 0; l < addresses.Length; l++)
                {
                    addresses[l] = (nint)layout.Floats(PackedFloats(Layout(l).Backward));
                }
            });
            backward = addresses;
            Refresh();
        }
    }

    internal float* BackwardWeights(int layer) => (float*)backward![layer];

    private Arena CreateArena(bool hasParameters) => new((ref ArenaLayout layout) =>
    {
        embedding = (nint)layout.Floats(Padding.RoundUp(hasParameters ? Info.ParameterCount : Info.EmbeddingParameters));
        parameters = hasParameters ? embedding : 0;
        for (var l = 0; l < forward.Length; l++)
        {
            forward[l] = (nint)layout.Floats(PackedFloats(Layout(l).Forward));
        }
    });

    private nint MakeParameters()
    {
        lock (parametersLock)
        {
            if (parameters == 0)
            {
                nint made = 0;
                parametersArena = new Arena((ref ArenaLayout layout) => made = (nint)layout.Floats(Padding.RoundUp(Info.ParameterCount)));
                Unpack(new((float*)made, Info.ParameterCount));

                // Whoever trains will change the embedding here, so from now on it is read here.
                Volatile.Write(ref embedding, made);
                Volatile.Write(ref parameters, made);
            }

            return parameters;
        }
    }

    private static void Unpack(Span<float> parameters)
    {
        var width = TSelf.Weights.PanelWidth is SimdWidth.Auto ? SimdWidth.Bits128 : TSelf.Weights.PanelWidth;
        EmbeddedPanels.Unpack(Info, TSelf.Weights, SimdWidths.Lanes(width), LayoutIndex(width), parameters);
    }

    private static int LayoutIndex(SimdWidth width) => width switch
    {
        SimdWidth.Bits128 => 0,
        SimdWidth.Bits256 => 1,
        _ => 2,
    };

    private LayerLayout Layout(int layer) => Info.Layers[layer].Layouts[LayoutIndex(Width)];

    private int PackedFloats(IReadOnlyList<PanelInfo> panels)
    {
        var floats = 0;
        foreach (var panel in panels)
        {
            floats = checked(floats + panel.Floats(Lanes));
        }

        return floats;
    }

    private void Pack(int layer, IReadOnlyList<PanelInfo> panels, nint packed, int worker, int workers)
    {
        var at = (float*)packed;
        for (var p = 0; p < panels.Count; p++)
        {
            var (begin, end) = TileRange(panels[p], worker, workers);
            Packing.Pack(panels[p], Lanes, ParameterAddress + Info.Layers[layer].ParameterOffset, at, begin, end);
            at += panels[p].Floats(Lanes);
        }
    }

    private void Repack(IReadOnlyList<PanelInfo> panels, nint packed, float* layer, int begin, int end)
    {
        var at = (float*)packed;
        for (var p = 0; p < panels.Count; at += panels[p].Floats(Lanes), p++)
        {
            Repacking.Pack(panels[p], Lanes, layer, at, begin, end);
        }
    }

    private void RepackVectors(int layer, IReadOnlyList<PanelInfo> panels, nint packed, int worker, int workers)
    {
        var at = (float*)packed;
        for (var p = 0; p < panels.Count; at += panels[p].Floats(Lanes), p++)
        {
            var (begin, end) = TileRange(panels[p], worker, workers);
            Packing.PackHeads(panels[p], Lanes, ParameterAddress + Info.Layers[layer].ParameterOffset, at, begin, end);
        }
    }

    private (int Begin, int End) TileRange(PanelInfo panel, int worker, int workers)
    {
        var tiles = panel.Tiles(Lanes);
        return ((int)((long)tiles * worker / workers), (int)((long)tiles * (worker + 1) / workers));
    }
}
