using FastRnn.Compiler;
using FastRnn.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Running;

namespace FastRnn.Cli.Imports;

/// <summary>What an import wrote: a declaration and its weights, in which the signature stands.</summary>
internal sealed class ImportedFolder : IDisposable
{
    private readonly CompiledModels compiled;

    /// <summary>Compiles the declaration and loads the weights.</summary>
    /// <exception cref="CommandException">Files are missing, or the declaration does not compile.</exception>
    public ImportedFolder(string folder)
    {
        var (declaration, weights) = (One(folder, "*.cs"), One(folder, "*.safetensors"));
        Weights = weights;
        var metadata = ModelFile.ReadMetadata(weights);
        if (!metadata.TryGetValue(SignatureText.MetadataKey, out var text))
            throw CommandException.Failed($"{weights}: has no '{SignatureText.MetadataKey}': it was not written by an import");
        Signature = SignatureText.Read(text);
        try
        {
            compiled = ModelCompiler.Compile(File.ReadAllText(declaration), Path.GetFileName(declaration));
        }
        catch (CompilationException e)
        {
            throw CommandException.Failed(e.Message);
        }

        if (compiled.Models is not [var type])
            throw CommandException.Failed($"{declaration}: expected one model, got {compiled.Models.Count}");
        Model = Runnable.Create(type);
        Model.Load(weights);
    }

    /// <summary>The file with the weights.</summary>
    public string Weights { get; }

    public Signature Signature { get; }

    public IRunnable Model { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Model.Dispose();
        compiled.Dispose();
    }

    private static string One(string folder, string pattern) => Directory.GetFiles(folder, pattern) switch
    {
        [var only] => only,
        [] => throw CommandException.Failed($"{folder}: there is no model in this directory (config.json or {pattern} is missing)"),
        var several => throw CommandException.Failed($"{folder}: expected one file {pattern}, got {several.Length}"),
    };
}
