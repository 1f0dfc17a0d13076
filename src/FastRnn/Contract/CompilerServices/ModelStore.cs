using System.ComponentModel;

using FastRnn.Files;
using FastRnn.Parameters;

namespace FastRnn.CompilerServices;

/// <summary>What an object of a <see cref="ModelAttribute"/> class holds: its parameters. Any number of sessions on any number of threads
/// may read them; a trainer changes them, and so may the user (<see cref="Edit"/>).</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelStore<TModel> : IDisposable
    where TModel : class, IModel<TModel>
{
    private static readonly ModelKernels Kernels = ModelKernels.Of<TModel>();

    private ModelStore(ParameterStore parameters) => Core = parameters;

    /// <summary>The vector width of the kernels.</summary>
    public SimdWidth Width => Core.Width;

    /// <summary>All learned numbers: the embedding table <c>[Vocabulary, Size]</c> if there is one, then layer by layer each parameter
    /// row-major in declared order (<see cref="ModelInfo.Layers"/> has the offsets). The span stays valid as long as it is reachable,
    /// whatever becomes of the model.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public ReadOnlySpan<float> Parameters => Core.Open().Parameters;

    /// <summary>Both copies of the parameters.</summary>
    internal ParameterStore Core { get; }

    /// <summary>Takes memory and gives the parameters their first values.</summary>
    /// <param name="seed">The same seed gives the same parameters on every machine.</param>
    /// <param name="width">The vector width of the kernels; results do not depend on it.</param>
    public static ModelStore<TModel> Initialize(int seed, SimdWidth width)
    {
        var store = new ParameterStore(Kernels, KernelWidth.Resolve(TModel.Info, width), isEmbedded: false);
        Initialization.Initialize(TModel.Info, store.Parameters, seed);
        return new(store);
    }

    /// <summary>Takes memory and draws nothing: all parameters are zero, for those who fill them at once. First values of large matrices
    /// take seconds.</summary>
    /// <param name="width">The vector width of the kernels; results do not depend on it.</param>
    public static ModelStore<TModel> Zeros(SimdWidth width) =>
        new(new ParameterStore(Kernels, KernelWidth.Resolve(TModel.Info, width), isEmbedded: false));

    /// <summary>Takes memory and copies the weights that are part of the assembly (<see cref="WeightsAttribute"/>).</summary>
    /// <param name="width">The vector width of the kernels; results do not depend on it.</param>
    /// <exception cref="InvalidOperationException">The assembly has no weights for this model.</exception>
    public static ModelStore<TModel> Embedded(SimdWidth width) =>
        new(new ParameterStore(Kernels, KernelWidth.Resolve(TModel.Info, width), isEmbedded: true));

    /// <summary>Takes memory and reads the parameters from a safetensors file.</summary>
    /// <param name="path">A file that <see cref="Save"/> or PyTorch wrote.</param>
    /// <param name="width">The vector width of the kernels; results do not depend on it.</param>
    /// <exception cref="ModelFileException">The file is broken, or of another model.</exception>
    public static ModelStore<TModel> Load(string path, SimdWidth width) => Load(path, TensorNames.Own, width);

    /// <summary>Takes memory and reads the parameters from a safetensors file with other names.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">What the model's tensors are called in it.</param>
    /// <param name="width">The vector width of the kernels; results do not depend on it.</param>
    /// <exception cref="ArgumentException">A name is mapped to one that the model does not have.</exception>
    /// <exception cref="ModelFileException">The file is broken, or of another model.</exception>
    public static ModelStore<TModel> Load(string path, TensorNames names, SimdWidth width)
    {
        var store = new ParameterStore(Kernels, KernelWidth.Resolve(TModel.Info, width), isEmbedded: false, isCleared: false);
        ModelFile.LoadInto(TModel.Info, store.Parameters, path, names);
        return new(store);
    }

    /// <summary>Writes the parameters as safetensors, under PyTorch's names; the file is replaced as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">Texts to keep with it.</param>
    /// <param name="format">How matrices are stored that kernels multiply, as <see cref="ModelFile.Save"/> says.</param>
    /// <exception cref="ModelFileException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The parameters are being changed, or were meanwhile; the file is as before.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? metadata, WeightFormat format = WeightFormat.Float32)
    {
        var seen = Core.Changes.BeginRead();
        ModelFile.SaveThen(TModel.Info, Parameters, path, metadata, format, () => Core.Changes.EndRead(seen));
    }

    /// <summary>One parameter of a layer, row-major.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="name">The field's name in the cell.</param>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public ReadOnlySpan<float> Parameter(int layer, string name)
    {
        var (offset, count) = ParameterEdit.Find(TModel.Info, layer, name);
        return Parameters.Slice(offset, count);
    }

    /// <summary>Lets the user change parameters until the end of a <c>using</c>, when kernels get them.</summary>
    /// <exception cref="InvalidOperationException">The model is being edited already.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public ParameterEdit Edit() => new(Core.Open());

    /// <summary>Nothing new can be made of the model; its memory goes back when the last session, predictor or trainer over it is disposed
    /// of.</summary>
    public void Dispose() => Core.Dispose();
}
