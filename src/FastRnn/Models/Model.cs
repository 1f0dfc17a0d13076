using FastRnn.Kernels;
using FastRnn.Parameters;

namespace FastRnn.Models;

/// <summary>The parameters of a model: the base of every <see cref="ModelAttribute"/> class. Any number of sessions on any number
/// of threads may read one model; a trainer changes it, and so may the user through <see cref="Parameters"/> and <see cref="Refresh()"/>.</summary>
/// <typeparam name="TSelf">The generated class.</typeparam>
public abstract class Model<TSelf>
    where TSelf : Model<TSelf>, IModel<TSelf>
{
    private static readonly ModelKernels Kernels = ModelKernels.Of<TSelf>();

    /// <summary>Takes memory and gives the parameters their first values.</summary>
    /// <param name="seed">The same seed gives the same parameters on every machine.</param>
    /// <param name="width">The vector width of the kernels; results do not depend on it.</param>
    protected Model(int seed, SimdWidth width)
    {
        Store = new ParameterStore(Kernels, KernelWidth.Resolve(Info, width), isEmbedded: false);
        Initialization.Initialize(Info, Store.Parameters, seed);
        Store.Pack();
    }

    /// <summary>Takes memory and copies the weights that are part of the assembly (<see cref="WeightsAttribute"/>).</summary>
    /// <param name="width">The vector width of the kernels; results do not depend on it.</param>
    /// <exception cref="InvalidOperationException">The assembly has no weights for this model.</exception>
    protected Model(SimdWidth width) => Store = new ParameterStore(Kernels, KernelWidth.Resolve(Info, width), isEmbedded: true);

    /// <summary>Layers, parameters and sizes.</summary>
    public static ModelInfo Info => TSelf.Info;

    /// <summary>The vector width of the kernels.</summary>
    public SimdWidth Width => Store.Width;

    /// <summary>All learned numbers: the embedding table <c>[Vocabulary, Size]</c> if there is one, then layer by layer each parameter
    /// row-major in declared order (<see cref="ModelInfo.Layers"/> has the offsets). After a change call <see cref="Refresh()"/>.</summary>
    public Span<float> Parameters => Store.Parameters;

    /// <summary>Both copies of the parameters.</summary>
    internal ParameterStore Store { get; }

    /// <summary>One parameter of a layer, row-major. After a change call <see cref="Refresh()"/>.</summary>
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
        Store.Pack();
        GC.KeepAlive(this);
    }
}
