using System.Text;
using System.Text.Json;

using FastRnn.Cli.Folders;
using FastRnn.Cli.Report;
using FastRnn.Compiler;
using FastRnn.Files;
using FastRnn.Tables;
using FastRnn.Training;

namespace FastRnn.Cli.Tables;

/// <summary>Trains a model on a table and saves it with its report.</summary>
internal sealed class TableTask(TableRequest request, Terminal terminal) : IProgress<TableProgress>
{
    /// <summary>The report as text, in the folder of the model.</summary>
    public const string ReportFileName = "report.txt";

    public int Run()
    {
        var folder = new ModelFolder(request.Out);
        if (terminal.Ranks.Writes())
            folder.PrepareForWriting();
        if (File.Exists(folder.ConfigurationPath))
            throw CommandException.Failed($"{request.Out}: there is a model of text in this directory: choose another with --out");
        terminal.Line($"reading {request.File}");
        try
        {
            var table = Table.Read(request.File, request.ReadOptions());
            terminal.Line(
                $"{table.RowCount:n0} rows of {table.Columns.Count} columns; {string.Join(", ", request.Options.Targets)} is learned");
            using var model = TableModel.Train(table, request.Options with { Ranks = terminal.Ranks }, this, terminal.Interrupt);
            return terminal.Ranks.Writes() ? Save(model, folder) : ExitCodes.Success;
        }
        catch (TableException e)
        {
            throw CommandException.Failed(e.Message);
        }
        catch (OperationCanceledException)
        {
            throw new CommandException("interrupted before the first epoch was measured: nothing is saved", ExitCodes.Interrupted);
        }
        catch (CompilationException e)
        {
            throw CommandException.Failed([.. e.Diagnostics.Where(d => d.Severity == CompileSeverity.Error).Select(d =>
                d.Path == TableOptions.CellCodePath ? (d with { Path = request.CellFile! }).ToString()
                    : $"{request.CellFile}: {d with { Line = 0 }}").Distinct()]);
        }
        catch (ArgumentException e) when (e is not ArgumentNullException)
        {
            throw CommandException.Usage(e.Message);
        }
        catch (NonFiniteLossException e)
        {
            throw new CommandException(
                $"training diverged, nothing is saved: {e.Message} A smaller --learning-rate may help.", ExitCodes.Diverged);
        }
    }

    void IProgress<TableProgress>.Report(TableProgress value)
    {
        var (learned, measured, mark) = (value.TrainingLoss, value.ValidationLoss, value.IsBest ? " *" : "");
        terminal.Line($"epoch {value.Epoch}/{value.Epochs}: loss {learned:0.0000}, validation {measured:0.0000}{mark}");
    }

    private int Save(TableModel model, ModelFolder folder)
    {
        var report = model.Report!;
        model.Save(request.Out);
        AtomicFile.Write(Path.Combine(request.Out, ReportFileName), stream => stream.Write(Encoding.UTF8.GetBytes(report.ToString())));
        new PageFile(folder.PagePath).Write(TablePage.Of(report));
        terminal.Line($"");
        foreach (var line in report.ToString().TrimEnd().Split('\n'))
            terminal.Line($"{line}");
        terminal.Line($"");
        terminal.Line($"saved {request.Out}; pictures in {folder.PagePath}");
        terminal.Line(
            $"next: {NextCommand.Prefix} predict {NextCommand.Quote(request.Out)} {NextCommand.Quote(request.File)} --out predictions.csv");
        if (request.Json)
            terminal.Line($"{JsonSerializer.Serialize(TableRunReport.Of(request.Out, report), JsonTexts.Default.TableRunReport)}");
        return terminal.Interrupt.IsCancellationRequested ? ExitCodes.Interrupted : ExitCodes.Success;
    }
}
