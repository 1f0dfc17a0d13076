using FastRnn.Compiler;
using FastRnn.Files;
using FastRnn.Interchange.Certificates;
using FastRnn.Interchange.Running;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.Import;

/// <summary>A file that was imported: read, written as a declaration, compiled, and filled with the file's numbers.</summary>
internal sealed class Imported : IDisposable
{
    private readonly CompiledModels compiled;

    public Imported(string path, ImportOptions? options = null)
        : this(ForeignNetwork.Open(path, options))
    {
    }

    public Imported(ForeignNetwork foreign)
    {
        Foreign = foreign;
        Declaration = Foreign.Declaration("Network", "Imported");
        compiled = ModelCompiler.Compile(Declaration, "declaration.cs");
        Model = Runnable.Create(Assert.Single(compiled.Models));
        Foreign.Place(Model);
    }

    public ForeignNetwork Foreign { get; }

    public string Declaration { get; }

    public IRunnable Model { get; }

    public Certificate Certify() => Foreign.Certify(Model);

    /// <summary>The model against its file; nothing if they agree.</summary>
    public IEnumerable<Comparison> Differences() =>
        Certifier.Compare(Foreign.File, Foreign.Network, Model).Where(comparison => !comparison.Passes);

    /// <summary>Runs the generated model by the file's names.</summary>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs) =>
        new SignatureRun(Foreign.Network.Signature, Model).Run(inputs);

    public void Dispose()
    {
        Model.Dispose();
        compiled.Dispose();
    }

    /// <summary>Where the files of other tools lie.</summary>
    public static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);

    /// <summary>The file of inputs and outputs that belongs to a model.</summary>
    public static string VectorsOf(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileName(path).Split('.')[0] + ".io.safetensors");

    /// <summary>Inputs (<c>input.</c>) or outputs (<c>output.</c>) that a tool wrote.</summary>
    public static Dictionary<string, Tensor> Vectors(string path, string prefix)
    {
        using var reader = SafeTensorsReader.Open(path);
        return reader.Tensors.Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(t => t.Name[prefix.Length..], t => Tensor.Of(SafeTensorsInput.Read(reader, t)));
    }
}
