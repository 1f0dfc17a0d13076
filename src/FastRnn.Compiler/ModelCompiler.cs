using System.Diagnostics.CodeAnalysis;

using FastRnn.Compiler.Cache;
using FastRnn.Compiler.Compilation;
using FastRnn.Compiler.Loading;

namespace FastRnn.Compiler;

/// <summary>Compiles declarations in this process: the compiler and the generator that a project's build would use, with kernels of the
/// vector width that this processor runs. No other generator and no analyzer runs, and no file is read but the cache and the assemblies
/// that are referred to.</summary>
/// <remarks>A declaration is code, which runs when its model is made (a static constructor would do): it has to be trusted like a program.
/// <c>[Weights]</c> is passed over, which a warning says: numbers come from <see cref="CompiledDeclaration.Load(string)"/>. May be used by
/// any number of threads.</remarks>
public static class ModelCompiler
{
    /// <summary>Compiles a text, or takes what was compiled of it before.</summary>
    /// <param name="declaration">C#: one model with <c>[Model]</c>, and cells of its own; complete with its usings.</param>
    /// <param name="options">How.</param>
    /// <exception cref="CompilationException">The compiler or the generator refuses it, or there is not the one model.</exception>
    public static CompiledDeclaration Compile(string declaration, CompileOptions? options = null) =>
        TryCompile(declaration, options, out var compiled, out var diagnostics) ? compiled : throw new CompilationException(diagnostics);

    /// <summary>Compiles a model that was put together in code.</summary>
    /// <param name="model">Its parts. Assemblies of its cells are referred to without being named.</param>
    /// <param name="options">How.</param>
    /// <exception cref="CompilationException">The generator refuses it: places are those in <see cref="ModelSpec.Cells"/>, else in
    /// <see cref="ModelSpec.ToDeclaration"/>.</exception>
    public static CompiledDeclaration Compile(ModelSpec model, CompileOptions? options = null) =>
        TryCompile(model, options, out var compiled, out var diagnostics) ? compiled : throw new CompilationException(diagnostics);

    /// <summary>As <see cref="Compile(string, CompileOptions)"/>, without an exception for what is wrong with the text.</summary>
    /// <param name="declaration">The text.</param>
    /// <param name="options">How; null for the usual.</param>
    /// <param name="compiled">What comes out; null if there are errors.</param>
    /// <param name="diagnostics">Everything that there is to say, in the order of the places.</param>
    /// <returns>Whether it could be compiled.</returns>
    public static bool TryCompile(
        string declaration, CompileOptions? options, [NotNullWhen(true)] out CompiledDeclaration? compiled,
        out IReadOnlyList<CompileDiagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        return TryCompile(declaration, Checked(options), said => said, out compiled, out diagnostics);
    }

    private static bool TryCompile(
        string declaration, CompileOptions options, Func<IReadOnlyList<CompileDiagnostic>, IReadOnlyList<CompileDiagnostic>> place,
        [NotNullWhen(true)] out CompiledDeclaration? compiled, out IReadOnlyList<CompileDiagnostic> diagnostics)
    {
        var width = SimdWidths.Resolve(options.Width);

        var cache = string.IsNullOrEmpty(options.CacheFolder) ? null : ImageCache.Of(options.CacheFolder, declaration, width, options);
        var image = cache?.Read();
        var isFromCache = image is not null;
        image ??= DeclarationCompiler.Compile(declaration, options.Path, width, options.References);

        diagnostics = place(image.Diagnostics);
        compiled = null;
        if (image.Bytes is null)
            return false;
        if (!isFromCache)
            cache?.Write(image);

        var loaded = LoadedModel.Load(image.Bytes, options, out var problem);
        if (problem is not null)
        {
            diagnostics = [.. diagnostics, problem];
            return false;
        }

        compiled = new CompiledDeclaration(loaded!, width, diagnostics, isFromCache);
        return true;
    }

    /// <summary>As <see cref="Compile(ModelSpec, CompileOptions)"/>, without an exception for what is wrong with the model.</summary>
    /// <param name="model">Its parts.</param>
    /// <param name="options">How; null for the usual.</param>
    /// <param name="compiled">What comes out; null if there are errors.</param>
    /// <param name="diagnostics">Everything that there is to say, in the order of the places.</param>
    /// <returns>Whether it could be compiled.</returns>
    public static bool TryCompile(
        ModelSpec model, CompileOptions? options, [NotNullWhen(true)] out CompiledDeclaration? compiled,
        out IReadOnlyList<CompileDiagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(model);
        options = Checked(options);
        options = options with { Model = model.Name, References = [.. options.References, .. model.Assemblies] };
        var path = options.Path;
        return TryCompile(model.ToDeclaration(), options, said => model.Place(said, path), out compiled, out diagnostics);
    }

    private static CompileOptions Checked(CompileOptions? options)
    {
        options ??= new CompileOptions();
        ArgumentNullException.ThrowIfNull(options.Path);
        ArgumentNullException.ThrowIfNull(options.References);
        foreach (var assembly in options.References)
            ArgumentNullException.ThrowIfNull(assembly, nameof(options));
        return options;
    }

    /// <summary>Begins what a first compilation spends most of its time with, the just-in-time compilation of the compiler itself, in the
    /// background: for programs that have something else to do until they know the declaration. Does nothing on a single core.</summary>
    public static void WarmUp() => CompilerWarmUp.BeginWhole();

    /// <summary>Compiles one file of cells and models, any number of them, without a cache. <c>[Weights]</c> is passed over.</summary>
    /// <param name="source">Its text, complete with usings and namespace.</param>
    /// <param name="path">What messages call it.</param>
    /// <exception cref="CompilationException">The compiler or the generator refuses it.</exception>
    internal static CompiledModels Compile(string source, string path)
    {
        var image = DeclarationCompiler.Compile(source, path, SimdWidths.Resolve(SimdWidth.Auto), []);
        return image.Bytes is null ? throw new CompilationException(image.Diagnostics) : new CompiledModels(image.Bytes);
    }
}
