using FastRnn.Cli.Folders;
using FastRnn.Cli.Imports;
using FastRnn.Cli.Models;
using FastRnn.Compiler;
using FastRnn.CompilerServices;
using FastRnn.Interchange.Export;
using FastRnn.Interchange.Running;

namespace FastRnn.Cli.Exports;

/// <summary>A trained or imported model with its weights, and the equations of its cells.</summary>
internal sealed class LoadedModel : IDisposable
{
    private readonly CompiledModels? compiled;
    private readonly CellSources cells;

    private LoadedModel(Type type, string weights, CompiledModels? compiled)
    {
        (this.compiled, Weights, cells) = (compiled, weights, CellSources.Of(type));
        Model = Runnable.Create(type);
        try
        {
            Model.Load(weights);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IRunnable Model { get; }

    /// <summary>The file with its weights.</summary>
    public string Weights { get; }

    /// <summary>Opens a folder: of a training if there is a <c>config.json</c>, else of an import.</summary>
    /// <exception cref="CommandException">There is no model.</exception>
    public static LoadedModel Open(string path)
    {
        var folder = new ModelFolder(path);
        if (File.Exists(folder.ConfigurationPath))
            return new(ByteModels.Run(folder.ReadConfiguration().Cell, new TypeTask()), folder.ModelPath, null);
        var files = ImportedFolder.Open(path);
        var compiled = files.Compile();
        return new(compiled.Models.Single(), files.Weights, compiled);
    }

    /// <summary>The equations of a cell by its full name; null if they are not to be had.</summary>
    public CellEquations? Equations(string cell) => cells.Find(cell) is not { } step ? null : new(
        [.. step.Operations.Select(o => new CellOperation(o.Name, o.Variable, o.A, o.B, o.Value))], step.NewStates);

    public void Dispose()
    {
        Model.Dispose();
        compiled?.Dispose();
    }

    private sealed class TypeTask : IByteModelTask<Type>
    {
        public Type Run<TModel>(Func<int, TModel> create)
            where TModel : class, IModel<TModel>, ITokenModel => typeof(TModel);
    }
}
