using FastRnn.Cli.Folders;
using FastRnn.Cli.Imports;
using FastRnn.Cli.Models;
using FastRnn.Compiler;

namespace FastRnn.Cli.Bench;

/// <summary>What is measured: any model, of a declaration or of a folder.</summary>
internal static class BenchModel
{
    private const int Seed = 1;

    /// <summary>Compiles and makes it: with its weights from a folder, with first values from a declaration. Speed does not depend on
    /// them.</summary>
    /// <param name="path">A folder of a training or of an import, or a C# file, with the name of a class if it wants one.</param>
    /// <exception cref="CommandException">There is no such thing, or it does not compile.</exception>
    public static CompiledModel Open(string path)
    {
        if (ModelCode.Split(path).Path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path))
        {
            using var declaration = ByteModelCompiler.Compile(new ByteModelRequest { Declaration = path }.Resolve());
            return declaration.Create(Seed);
        }

        var folder = new ModelFolder(path);
        if (!Directory.Exists(path) || File.Exists(folder.ConfigurationPath))
        {
            var configuration = folder.ReadConfiguration();
            ModelFolder.CheckSize(folder.ModelPath, configuration);
            using var trained = ByteModelCompiler.Compile(configuration.Spec(path));
            return trained.Load(folder.ModelPath);
        }

        var weights = ImportedFolder.Find(path);
        using var imported = ByteModelCompiler.Compile(
            new ByteModelRequest { Declaration = Path.ChangeExtension(weights, ".cs") }.Resolve());
        return imported.Load(weights);
    }
}
