using FastRnn.Compiler.Loading;
using FastRnn.Compiler.Typed;
using FastRnn.Files;

namespace FastRnn.Compiler;

/// <summary>A declaration that was compiled and loaded in this process: what a class with <see cref="ModelAttribute"/> is in a program that
/// declares it. It makes models. May be used by any number of threads.</summary>
/// <remarks>Once it is disposed of and nothing that was made of it is in use any more, the collector unloads its code. Models that are in
/// use go on as before.</remarks>
public sealed class CompiledDeclaration : IDisposable
{
    private LoadedModel? loaded;

    internal CompiledDeclaration(LoadedModel loaded, SimdWidth width, IReadOnlyList<CompileDiagnostic> diagnostics, bool isFromCache) =>
        (this.loaded, Width, Diagnostics, IsFromCache) = (loaded, width, diagnostics, isFromCache);

    /// <summary>Layers, parameters and sizes.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public ModelInfo Info => Open().Info;

    /// <summary>The vector width of the kernels that were compiled.</summary>
    public SimdWidth Width { get; }

    /// <summary>Warnings and hints; there are no errors.</summary>
    public IReadOnlyList<CompileDiagnostic> Diagnostics { get; }

    /// <summary>Whether it came from the cache.</summary>
    public bool IsFromCache { get; }

    /// <summary>The generated class.</summary>
    internal Type Model => Open().Model;

    /// <summary>A model with fresh parameters.</summary>
    /// <param name="seed">The same seed gives the same parameters on every machine, those of the declared model.</param>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public CompiledModel Create(int seed = 0) => Open().Create(seed, Width);

    /// <summary>Reads a model from a safetensors file.</summary>
    /// <param name="path">A file that <see cref="CompiledModel.Save"/>, a declared model or PyTorch wrote.</param>
    /// <exception cref="ModelFileException">The file is broken, or of another model.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public CompiledModel Load(string path) => Load(path, new TensorNames());

    /// <summary>Reads a model from a safetensors file whose tensors have other names.</summary>
    /// <param name="path">A file that any program wrote.</param>
    /// <param name="names">What the model's tensors are called in it.</param>
    /// <exception cref="ArgumentException">A name is mapped to one that the model does not have.</exception>
    /// <exception cref="ModelFileException">The file is broken, or of another model.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public CompiledModel Load(string path, TensorNames names) => Open().Load(path, names, Width);

    /// <summary>Lets the code go. The second time does nothing.</summary>
    public void Dispose() => Interlocked.Exchange(ref loaded, null)?.Context.Unload();

    private ModelFactory Open()
    {
        var current = loaded;
        ObjectDisposedException.ThrowIf(current is null, this);
        return current.Factory;
    }
}
