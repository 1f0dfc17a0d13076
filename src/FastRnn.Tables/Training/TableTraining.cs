using FastRnn.Compiler;
using FastRnn.Data;
using FastRnn.Tables.Baselines;
using FastRnn.Tables.Preparing;
using FastRnn.Training;

namespace FastRnn.Tables.Training;

/// <summary>One training, from the table to the report.</summary>
internal sealed class TableTraining(Table table, TableOptions options, IProgress<TableProgress>? progress, CancellationToken cancellation)
{
    public TableModel Run()
    {
        if (table.RowCount == 0)
            throw new TableException(table.Name, 0, null, "expected rows, got none");
        var kinds = options.Targets.Select(name => table[name].Kind).Distinct().ToList();
        return kinds is not [ColumnKind.Category] ? Forecast()
            : options.Targets.Count == 1 ? Classify()
            : throw new TableException(table.Name, 0, options.Targets[1], "groups are named by one column of categories, not by several");
    }

    private TableModel Forecast()
    {
        var layout = RowLayout.Of(table, options.Group, options.Time, options.SortByTime);
        var parts = options.Split == TableSplit.Time ? RowParts.ByTime(layout, options) : RowParts.ByGroup(layout, options, _ => 0);
        CheckParts(parts, layout);
        var fit = new PreparationFit(table, options, layout, parts);
        var preparation = Checked(fit.Forecast());
        var data = new ForecastData(table, preparation, layout);
        var linear = LinearForecast.Fit(data, parts, preparation.Text.Window);
        preparation = With(preparation, linear?.Prepare(parts));
        data.Linear = preparation.Text.Linear is { } part ? new LinearPart(part, data.Encoded) : null;
        var training = Windows(data, parts, Part.Training, out var learned);
        var validation = Windows(data, parts, Part.Validation, out _);
        return Train(preparation, training, validation, [], (model, job) =>
        {
            var outputs = Forecaster.Run(model, data.Encoded, layout, preparation.Text, options.Threads);
            var scores = ForecastComparison.Measure(data, parts, outputs, linear, preparation.Text.Season, out var points);
            var windows = FormattableString.Invariant($"{learned:n0} of them learned in windows of {preparation.Text.Window}");
            var report = Report(preparation, fit, job, model, layout, windows + Step(preparation));
            return report with { Scores = scores, Points = points, Notes = [.. report.Notes, .. Unmeasured(preparation, scores)] };
        });
    }

    /// <summary>With the linear part, if the file has room for it.</summary>
    private static TablePreparation With(TablePreparation preparation, PreparedLinear? linear)
    {
        var with = new TablePreparation(preparation.Text with { Linear = linear });
        return PreparationFile.Bytes(with.Text).Length <= PreparationFile.LargestFile - 128 ? with : preparation;
    }

    /// <summary>What the test part says nothing about.</summary>
    private static IEnumerable<string> Unmeasured(TablePreparation preparation, List<TableScore> scores) =>
        from output in preparation.OutputNames
        where scores.TrueForAll(score => score.Output != output)
        select $"{output}: not measured, the test part has no row whose value, and what it is compared with, are known that far ahead";

    private TableModel Classify()
    {
        if (options.Group is null)
            throw new TableException(
                table.Name, 0, options.Targets[0], "categories name groups of rows: say which column tells the groups apart");
        var layout = RowLayout.Of(table, options.Group, options.Time, options.SortByTime);
        var column = table[options.Targets[0]];
        var codes = GroupLabels.Of(table, column, layout);
        string[] classes = [.. codes.Distinct().Select(code => column.Labels[code]).Order(StringComparer.Ordinal)];
        if (classes.Length is < 2 or > 4_096)
            throw new TableException(
                table.Name, 0, column.Name, FormattableString.Invariant($"expected 2 to 4,096 classes, got {classes.Length}"));
        int[] labels = [.. codes.Select(code => Array.IndexOf(classes, column.Labels[code]))];
        var parts = RowParts.ByGroup(layout, options, group => labels[group]);
        CheckParts(parts, layout);
        var fit = new PreparationFit(table, options, layout, parts);
        var preparation = Checked(fit.Classification(classes));
        var data = new ClassData(preparation.Encode(table, layout), layout, labels, classes.Length);
        var weights = options.ClassWeights == ClassWeighting.Balanced ? data.BalancedWeights(parts) : [];
        var sequences = data.Sequences(parts, Part.Training);
        return Train(preparation, sequences, data.Sequences(parts, Part.Validation), weights, (model, job) =>
        {
            var confusion = new ConfusionMatrix(classes.Length);
            var logits = Forecaster.Name(model, data.Encoded, layout, options.Threads);
            foreach (var range in parts.Where(range => range.Part == Part.Test))
            {
                var said = logits.AsSpan(range.Group * classes.Length, classes.Length);
                confusion.Add(labels[range.Group], System.Numerics.Tensors.TensorPrimitives.IndexOfMax(said));
            }

            var confusions = new Dictionary<string, ConfusionMatrix> { [LinearClassifier.Model] = confusion };
            foreach (var (method, matrix) in LinearClassifier.Measure(data, parts))
                confusions.Add(method, matrix);
            return Report(preparation, fit, job, model, layout, FormattableString.Invariant(
                $"{sequences.Count:n0} of them learned, of {sequences.MinLength} to {sequences.MaxLength} rows"))
                with
            { Classes = classes, Confusions = confusions };
        });
    }

    private TableModel Train(
        TablePreparation preparation, SequenceDataset training, SequenceDataset validation, IReadOnlyList<float> weights,
        Func<CompiledModel, TrainingJob, TableReport> report)
    {
        var declaration = TableModel.Compile(preparation);
        CompiledModel? model = null;
        try
        {
            model = declaration.Create(options.Seed);
            using var job = new TrainingJob(model, options, progress, cancellation);
            job.Run(training, validation, weights);
            return new TableModel(declaration, model, preparation, report(model, job), options.Threads);
        }
        catch
        {
            model?.Dispose();
            declaration.Dispose();
            throw;
        }
    }

    private TableReport Report(
        TablePreparation preparation, PreparationFit fit, TrainingJob job, CompiledModel model, RowLayout layout, string learned) => new()
        {
            Summary = FormattableString.Invariant(
            $"{options.CellName} {options.HiddenSize}{(options.Layers > 1 ? $" x {options.Layers}" : "")}, ")
            + FormattableString.Invariant($"{model.Info.ParameterCount:n0} parameters, ")
            + FormattableString.Invariant($"reads {preparation.Width} numbers and {preparation.CategoryNames.Count} categories a row; ")
            + FormattableString.Invariant($"{table.Name}: {table.RowCount:n0} rows in {layout.Groups.Count:n0} groups, {learned}"),
            Columns = [.. table.Columns.Select(column => Describe(column, preparation))],
            Notes = fit.Notes,
            Epochs = job.Epochs,
            Seconds = job.Seconds,
            End = job.End,
        };

    private string Describe(TableColumn column, TablePreparation preparation)
    {
        var kind = column.Kind switch
        {
            ColumnKind.Number => "numbers",
            ColumnKind.Category => FormattableString.Invariant($"{column.Labels.Count:n0} categories"),
            ColumnKind.Time => column.IsCalendar ? "dates" : "times",
            _ => "ignored",
        };
        var missing = column.MissingCount == 0 || column.Kind == ColumnKind.Ignored ? ""
            : FormattableString.Invariant($", {column.MissingCount:n0} missing");
        var use = options.Targets.Contains(column.Name) ? ", target" : column.Name == options.Group ? ", group"
            : column.Name == options.Time ? ", time" : preparation.Inputs.Any(input => input.Name == column.Name) ? "" : ", not read";
        return $"{column.Name}: {kind}{missing}{use}";
    }

    private static string Step(TablePreparation preparation) =>
        preparation.Text.Time is { } time ? $", usually {TableTime.Length(time.Step, time.IsCalendar)} apart" : "";

    private TablePreparation Checked(TablePreparation preparation)
    {
        if (preparation.Width + preparation.CategoryNames.Count == 0)
            throw new TableException(table.Name, 0, null, "there is no column to read: all are ignored, constant or empty");
        if (preparation.Text.Problem() is { } problem)
            throw new TableException(table.Name, 0, null, problem);

        // Before hours of training, of which the result could not be read again.
        var (size, most) = (PreparationFile.Bytes(preparation.Text).Length, PreparationFile.LargestFile);
        return size <= most - 128 ? preparation : throw new TableException(table.Name, 0, null, FormattableString.Invariant(
            $"the texts of its categories take {size} bytes of the preparation, of {most}: ignore columns of many or long texts"));
    }

    private SequenceDataset Windows(ForecastData data, List<PartRange> parts, Part part, out int positions)
    {
        var windows = data.Windows(parts, part, out positions);
        return positions > 0 ? windows : throw new TableException(table.Name, 0, options.Targets[0], FormattableString.Invariant(
            $"the {part} part has no row with a value of all targets {options.Horizons.Max()} rows ahead: ")
            + "expected more rows, fewer gaps or smaller horizons");
    }

    private void CheckParts(List<PartRange> parts, RowLayout layout)
    {
        foreach (var part in Enum.GetValues<Part>())
        {
            if (!parts.Exists(range => range.Part == part))
            {
                throw new TableException(table.Name, 0, null, FormattableString.Invariant(
                    $"too small: {table.RowCount} rows in {layout.Groups.Count} groups leave none for the {part} part"));
            }
        }
    }
}
