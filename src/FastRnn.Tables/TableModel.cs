using System.Security.Cryptography;

using FastRnn.Compiler;
using FastRnn.Files;
using FastRnn.Tables.Preparing;
using FastRnn.Tables.Training;

namespace FastRnn.Tables;

/// <summary>A recurrent network that reads tables: it forecasts columns of numbers, or names groups of rows. It is trained by
/// <see cref="Train"/>, saved as a folder with its preparation, and loaded in any program.</summary>
/// <example><code>
/// var table = Table.Read("measurements.csv");
/// using var model = TableModel.Train(table, new() { Targets = ["price"], Horizons = [12], Time = "timestamp", Group = "station" });
/// Console.WriteLine(model.Report); model.Save("prices");
/// </code></example>
public sealed class TableModel : IDisposable
{
    /// <summary>The file of the weights in a folder.</summary>
    public const string ModelFileName = "model.safetensors";

    /// <summary>The file of the preparation in a folder: with it the folder is one of a table's model.</summary>
    public const string PreparationFileName = "preparation.json";

    private readonly CompiledDeclaration declaration;
    private readonly int threads;

    internal TableModel(
        CompiledDeclaration declaration, CompiledModel model, TablePreparation preparation, TableReport? report, int threads)
    {
        (this.declaration, Model, Preparation, Report) = (declaration, model, preparation, report);
        this.threads = threads;
    }

    /// <summary>The network.</summary>
    public CompiledModel Model { get; }

    /// <summary>What becomes of a table's columns before the network reads them.</summary>
    public TablePreparation Preparation { get; }

    /// <summary>What came of the training; null if the model was loaded.</summary>
    public TableReport? Report { get; }

    /// <summary>Trains a network: the preparation is made of the training part alone, the validation part says when to stop, and the test
    /// part is measured at the end, beside the last value, that of the last season and a linear regression.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="options">What is learned, and by what.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellation">Ends the training in good order: the model is the best so far. (When the time limit of the options ends
    /// it before the first validation, the model is what has been learned until then.)</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="CompilationException"><see cref="TableOptions.CellCode"/> cannot be compiled: places are its lines.</exception>
    /// <exception cref="TableException">The table does not fit: the message names column and row.</exception>
    /// <exception cref="FastRnn.Training.NonFiniteLossException">The loss is no number any more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first validation: there is no best model yet.</exception>
    public static TableModel Train(
        Table table, TableOptions options, IProgress<TableProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return new TableTraining(table, options, progress, cancellation).Run();
    }

    /// <summary>Loads a folder that <see cref="Save"/> wrote.</summary>
    /// <param name="folder">The folder. Nothing in it is code, unless it was trained with a cell of one's own
    /// (<see cref="TableOptions.CellCode"/>): that is compiled and run, so it has to be trusted like a program.</param>
    /// <param name="threads">Worker threads; 0 is all processors.</param>
    /// <exception cref="ModelFileException">A file is missing, broken, or does not belong to the other.</exception>
    public static TableModel Load(string folder, int threads = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var preparation = TablePreparation.Load(Path.Combine(folder, PreparationFileName));
        var path = Path.Combine(folder, ModelFileName);
        if (Hash(path) != preparation.Text.Weights)
            throw new ModelFileException(path, $"it is not the model of {PreparationFileName} beside it");
        var declaration = CompileLoaded(preparation, folder);
        try
        {
            // A preparation asks for memory only as far as there are weights: each takes a byte at least.
            if (new FileInfo(path).Length < declaration.Info.ParameterCount)
            {
                throw new ModelFileException(path, FormattableString.Invariant(
                    $"expected {declaration.Info.ParameterCount} parameters as {PreparationFileName} says, and it is smaller than that"));
            }

            return new TableModel(declaration, declaration.Load(path), preparation, null, threads);
        }
        catch
        {
            declaration.Dispose();
            throw;
        }
    }

    /// <summary>Writes the network and its preparation; each file is replaced as a whole, the preparation last.</summary>
    /// <param name="folder">The folder; it is made if it is not there.</param>
    /// <exception cref="ModelFileException">A file cannot be written.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(folder, $"cannot be made: {e.Message}", e);
        }

        var path = Path.Combine(folder, ModelFileName);
        Model.Save(path);
        PreparationFile.Write(Path.Combine(folder, PreparationFileName), Preparation.Text with { Weights = Hash(path) });
    }

    /// <summary>Runs the network over a table: a forecast at each row, of which no later row is known, or a name for each group.</summary>
    /// <param name="table">It has the columns that the preparation reads, of the same kinds: read it with
    /// <see cref="TablePreparation.ReadOptions"/>. Targets are needed as far as they are read or forecasts start from them.</param>
    /// <exception cref="TableException">It does not fit: the message names column and row.</exception>
    public TablePrediction Predict(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.RowCount == 0)
            throw new TableException(table.Name, 0, null, "expected rows, got none");
        var layout = Preparation.Layout(table);
        var encoded = Preparation.Encode(table, layout);
        return Preparation.Classifies
            ? TablePrediction.OfClasses(table, Preparation, layout, Forecaster.Name(Model, encoded, layout, threads))
            : TablePrediction.OfNumbers(
                table, Preparation, layout, Forecaster.Run(Model, encoded, layout, Preparation.Text, threads));
    }

    /// <summary>Gives the memory of the network back.</summary>
    public void Dispose()
    {
        Model.Dispose();
        declaration.Dispose();
    }

    /// <summary>The network of a preparation, without weights.</summary>
    /// <exception cref="ArgumentException">It is too large for a model, or the name of its cell is none.</exception>
    /// <exception cref="CompilationException">The cell is the user's own, and cannot be compiled.</exception>
    internal static CompiledDeclaration Compile(TablePreparation preparation)
    {
        var model = preparation.Text.Model!;
        var spec = model.Spec(CategoryInputs.Parts(preparation), preparation.OutputNames.Count, preparation.Classifies);
        try
        {
            return ModelCompiler.Compile(spec);
        }
        catch (CompilationException e) when (model.Code is null)
        {
            throw new ArgumentException($"The model cannot be made: {e.Diagnostics[0].Message}", nameof(preparation), e);
        }
    }

    private static CompiledDeclaration CompileLoaded(TablePreparation preparation, string folder)
    {
        try
        {
            return Compile(preparation);
        }
        catch (Exception e) when (e is ArgumentException or CompilationException)
        {
            throw new ModelFileException(Path.Combine(folder, PreparationFileName), $"damaged: {e.Message}", e);
        }
    }

    private static string Hash(string path)
    {
        using var file = RegularFile.Open(path);
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(path, $"cannot be read: {e.Message}", e);
        }
    }
}
