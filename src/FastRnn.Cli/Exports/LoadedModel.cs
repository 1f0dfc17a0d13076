using FastRnn.Cli.Folders;
using FastRnn.Cli.Imports;
using FastRnn.Cli.Models;
using FastRnn.Compiler;
using FastRnn.CompilerServices;
using FastRnn.Interchange.Export;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Running;

namespace FastRnn.Cli.Exports;

/// <summary>A trained or imported model with its weights, and the equations of its cells.</summary>
/// <param name="model">The model.</param>
/// <param name="weights">The file with its weights.</param>
/// <param name="owner">What has to live as long.</param>
/// <param name="signature">Names and layout of its inputs and outputs.</param>
internal sealed class LoadedModel(IRunnable model, string weights, IDisposable owner, Signature signature) : IDisposable
{
    // A runnable model is generic over the generated class, whose assembly has the cells.
    private readonly Lazy<CellSources> cells = new(() => CellSources.Of(model.GetType().GetGenericArguments()[0]));

    public IRunnable Model => model;

    /// <summary>Names and layout of its inputs and outputs: those of the file that it came from, or this program's own.</summary>
    public Signature Signature => signature;

    /// <summary>The file with its weights.</summary>
    public string Weights => weights;

    /// <summary>Whether the file of an import leaves steps out, which an exported model reads.</summary>
    public bool SkipsSteps => signature is { Lengths: not null } or { MaskToken: not null } or { MaskValue: not null };

    /// <summary>Opens a folder: of a training if there is a <c>config.json</c>, else of an import.</summary>
    /// <exception cref="CommandException">There is no model.</exception>
    public static LoadedModel Open(string path)
    {
        var folder = new ModelFolder(path);
        if (!Directory.Exists(path) || File.Exists(folder.ConfigurationPath))
            return folder.Run(new Loading(folder));
        var imported = new ImportedFolder(path);
        return new(imported.Model, imported.Weights, imported, imported.Signature);
    }

    /// <summary>The equations of a cell by its full name; null if they are not to be had.</summary>
    public CellEquations? Equations(string cell) => cells.Value.Find(cell) is not { } step ? null : new(
        [.. step.Operations.Select(o => new CellOperation(o.Name, o.Variable, o.A, o.B, o.Value))], step.NewStates);

    public void Dispose() => owner.Dispose();

    private sealed class Loading(ModelFolder folder) : IByteModelTask<LoadedModel>
    {
        // What this program trains goes from tokens [B, T] to logits y [B, T, 256].
        private static readonly Signature Trained = new(
            new TensorPort("tokens", [Axis.Batch, Axis.Time]), new TensorPort("y", [Axis.Batch, Axis.Time, Axis.Feature]));

        public LoadedModel Run<TModel>(Func<int, TModel> create)
            where TModel : class, IModel<TModel>, ITokenModel
        {
            var runnable = new RunnableModel<TModel>(folder.Load<TModel>(out _));
            return new(runnable, folder.ModelPath, runnable, Trained);
        }
    }
}
