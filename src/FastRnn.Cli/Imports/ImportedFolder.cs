using FastRnn.Compiler;
using FastRnn.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Running;

namespace FastRnn.Cli.Imports;

/// <summary>What an import wrote: a declaration and its weights, in which the signature stands.</summary>
internal sealed class ImportedFolder : IDisposable
{
    /// <summary>For the help of the commands that open such a folder.</summary>
    public const string Warning =
        "The folder of an imported model, or of one with a cell of its own, holds code, which is compiled and run: "
            + "open it only if you trust where it comes from.";

    private readonly DeclarationFile file;

    /// <summary>Compiles the declaration and loads the weights.</summary>
    /// <exception cref="CommandException">Files are missing, or the declaration does not compile.</exception>
    public ImportedFolder(string folder)
    {
        CompilerWarmUp.Begin();
        var weights = Find(folder);
        var declaration = Path.ChangeExtension(weights, ".cs");
        if (!File.Exists(declaration))
            throw CommandException.Failed($"{declaration}: is missing: the declaration that an import writes beside the weights");
        Weights = weights;
        Signature = SignatureText.Read(weights, ModelFile.ReadMetadata(weights)[SignatureText.MetadataKey]);
        file = new(declaration);
        Model = Runnable.Create(file.Model);
        Model.Load(weights);
        if (SignatureCheck.Problem(Signature, Model.Info) is { } problem)
            throw CommandException.Failed($"{weights}: its signature is not that of the model: {problem}");
    }

    /// <summary>The file with the weights.</summary>
    public string Weights { get; }

    public Signature Signature { get; }

    public IRunnable Model { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Model.Dispose();
        file.Dispose();
    }

    /// <summary>The weights of an import. Other files may lie beside: those of a project, inputs and outputs.</summary>
    internal static string Find(string folder)
    {
        List<string> found = [.. Directory.GetFiles(folder, "*.safetensors").Where(EarlierImport.HasSignature)];
        return found switch
        {
            [var only] => only,
            [] => throw CommandException.Failed(
                $"{folder}: there is no model in this directory (neither config.json nor weights of an import)"),
            _ => throw CommandException.Failed(
                $"{folder}: expected one imported model, got {string.Join(", ", found.Select(Path.GetFileName))}"),
        };
    }
}
