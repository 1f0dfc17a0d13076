using FastRnn.Compiler;
using FastRnn.Interchange;
using FastRnn.Interchange.Certificates;
using FastRnn.Interchange.Running;

namespace FastRnn.Cli.Imports;

/// <summary>An import from the file to the certificate. Nothing is written before everything passed.</summary>
internal static class ImportJob
{
    // More numbers than that are loaded by the program: as data of an assembly they would make each build slower.
    private const int MostEmbedded = 4_000_000;

    /// <summary>Reads, understands, compiles, compares and writes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What it may leave open.</param>
    /// <param name="names">What is written.</param>
    /// <param name="filled">The user's own declaration that the file's weights fill; null to write one.</param>
    /// <param name="interrupt">Ends it between its parts.</param>
    /// <exception cref="ForeignFileException">The file is not understood.</exception>
    /// <exception cref="CommandException">The model differs from it, or the folder cannot be written.</exception>
    public static ImportResult Run(
        string path, ImportOptions options, ImportNames names, DeclarationFile? filled, CancellationToken interrupt)
    {
        // A declaration of the user's own is compiled already.
        if (filled is null)
            CompilerWarmUp.Begin();
        using var own = filled is null ? null : Runnable.Create(filled.Model);
        var foreign = ForeignNetwork.Open(path, options with { Declared = own?.Info });
        Check();
        using var compiled = own is null ? Compile(foreign.Declaration(names.Class, names.Namespace)) : null;
        using var written = compiled is null ? null : Runnable.Create(compiled.Models.Single());
        var model = own ?? written!;
        foreign.Place(model);
        Check();
        var certificate = foreign.Certify(model);
        Check();
        if (!certificate.Passes)
        {
            throw CommandException.Failed(
                $"{path}: the model differs from its file, so nothing was written: {Failures(certificate.Comparisons)}");
        }

        var count = model.Info.ParameterCount;
        var embeds = filled is null && count <= MostEmbedded;
        var text = filled?.Text ?? foreign.Declaration(names.Class, names.Namespace, embeds ? names.WeightsFile : null);
        var result = new ImportResult(names, text, certificate, foreign, count, embeds) { IsFilled = filled is not null };
        result.Write(target => model.Save(target, new Dictionary<string, string>
        {
            [SignatureText.MetadataKey] = SignatureText.Write(foreign.Network.Signature),
        }));
        return result;

        void Check()
        {
            if (interrupt.IsCancellationRequested)
                throw new CommandException($"{path}: interrupted, nothing was written", ExitCodes.Interrupted);
        }
    }

    private static CompiledModels Compile(string declaration)
    {
        try
        {
            return ModelCompiler.Compile(declaration, "declaration.cs");
        }
        catch (CompilationException e)
        {
            throw CommandException.Failed($"the declaration does not compile, which is a fault of this program: {e.Message}");
        }
    }

    private static string Failures(IEnumerable<Comparison> comparisons) => string.Join("; ", comparisons.Where(c => !c.Passes).Take(5)
        .Select(c => FormattableString.Invariant($"{c.Inputs}, {c.Sides}, '{c.Output}': {c.Difference:0.0e+00} of {c.Tolerance:0.0e+00}")));
}
