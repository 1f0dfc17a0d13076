using FastRnn.Interchange.Files;
using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Declared;
using FastRnn.Interchange.Keras.Hdf5;
using FastRnn.Interchange.Keras.Rules;
using FastRnn.Interchange.Keras.Understanding;
using FastRnn.Interchange.Keras.Weights;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras;

/// <summary>A model that Keras wrote: a .keras file, an .h5 file, or a .weights.h5 file with the declaration beside it.</summary>
internal sealed class KerasFile : IForeignModel
{
    private const string Port = "0";
    private readonly KerasModel model;
    private readonly KerasWeights weights;

    private KerasFile(KerasSource source)
        : this(
            KerasModelReader.Read(source.ConfigName, source.Config, source.Version), source.Weights,
            OriginOf(source.Format, source.Version))
    {
    }

    private KerasFile(KerasModel model, HdfGroup root, string origin)
    {
        (this.model, Origin) = (model, origin);
        weights = new KerasWeights(model, root);
    }

    public string Origin { get; }

    public IReadOnlyList<TestVector> TestVectors => [];

    public IReadOnlyList<FileTensor> Tensors => weights.All;

    /// <summary>Opens a file of any of the three kinds.</summary>
    /// <exception cref="ForeignFileException">It is no file of Keras, damaged, or uses what is not read.</exception>
    public static KerasFile Open(string path) => Read(path, FileDoor.ReadAll(path));

    /// <summary>Opens a file that holds weights only.</summary>
    /// <param name="path">The .weights.h5 file.</param>
    /// <param name="configPath">A .keras file or a config.json that declares the model; null to look for one beside the file.</param>
    /// <exception cref="ForeignFileException">There is no declaration, or one of the files is not readable.</exception>
    public static KerasFile OpenWeights(string path, string? configPath = null) =>
        new(KerasSource.Read(path, FileDoor.ReadAll(path), configPath));

    /// <summary>Opens a file that holds weights only, for a declaration of FastRnn's.</summary>
    /// <param name="path">The .weights.h5 file.</param>
    /// <param name="declared">The declared model.</param>
    /// <exception cref="ForeignFileException">The file is not readable, or the declaration has what no layer of Keras has.</exception>
    public static KerasFile OpenDeclared(string path, ModelInfo declared)
    {
        var (root, version) = KerasSource.ReadWeights(path, FileDoor.ReadAll(path));
        return new(DeclaredModel.Read(declared, root), root, OriginOf($"Keras .weights.h5 for the declaration {declared.Name}", version));
    }

    /// <summary>Reads a file whose bytes are there already.</summary>
    public static KerasFile Read(string path, byte[] bytes) => new(KerasSource.Read(path, bytes, configPath: null));

    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (inputs.Count != 1 || !inputs.TryGetValue(Port, out var input))
            throw new ForeignFileException($"expected the input '{Port}', got [{string.Join(", ", inputs.Keys)}]");
        return new Dictionary<string, Tensor> { [Port] = new KerasRunner(model, weights).Run(input) };
    }

    public Network? Understand(Findings findings) => KerasUnderstanding.Read(model, weights, findings);

    private static string OriginOf(string format, KerasVersion? version) =>
        $"{format}, by Keras {version?.Text ?? "of an unknown version"}";
}
