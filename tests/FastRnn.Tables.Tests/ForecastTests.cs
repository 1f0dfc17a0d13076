using FastRnn.Tables.Preparing;

namespace FastRnn.Tables.Tests;

/// <summary>From a file to forecasts.</summary>
public class ForecastTests
{
    private static readonly TableOptions Small = new()
    {
        Targets = ["price", "volume"],
        Horizons = [1, 6],
        Time = "timestamp",
        Group = "station",
        HiddenSize = 8,
        Epochs = 2,
        Threads = 1,
    };

    [Fact]
    public void What_is_linear_is_forecast_as_well_as_by_the_regression()
    {
        // The next number is a sum of the last two, and noise: there is nothing else to learn.
        using var folder = new TableFolder();
        var (random, text, last, before) = (new Random(5), new System.Text.StringBuilder("x\n"), 0.0, 0.0);
        for (var i = 0; i < 3_000; i++)
        {
            (last, before) = ((1.5 * last) - (0.7 * before) + (2 * random.NextDouble()) - 1, last);
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{last:0.####}\n");
        }

        var options = new TableOptions { Targets = ["x"], Window = 8, HiddenSize = 8, Epochs = 3 };
        using var model = TableModel.Train(Table.Read(folder.Write(text.ToString())), options);
        var (ours, regression) = (model.Report!.Score("model", "x+1"), model.Report.Score("linear regression", "x+1"));
        Assert.True(ours.RootMeanSquaredError < 1.02 * regression.RootMeanSquaredError, model.Report.ToString());
    }

    [Fact]
    public void A_forecast_is_trained_saved_loaded_and_the_same()
    {
        using var folder = new TableFolder();
        var table = Table.Read(folder.Write(Measurements.Csv(2_000)));
        using var trained = TableModel.Train(table, Small);
        Assert.Equal(["price+1", "price+6", "volume+1", "volume+6"], trained.Preparation.OutputNames);
        Assert.Equal(24, trained.Preparation.Text.Season);
        Assert.Equal(["model", "last value", "value a season before (24 rows)", "linear regression"], trained.Report!.Methods);
        Assert.Equal(16, trained.Report.Scores.Count);
        Assert.Equal(2, trained.Report.Epochs.Count);
        Assert.Contains("price: numbers, ", trained.Report.ToString(), StringComparison.Ordinal);

        trained.Save(folder.Path("model"));
        using var loaded = TableModel.Load(folder.Path("model"));
        var again = Table.Read(folder.Path("table.csv"), loaded.Preparation.ReadOptions);
        var (first, second) = (trained.Predict(table), loaded.Predict(again));
        Assert.Equal(2_000, first.Count);
        for (var row = 0; row < first.Count; row++)
            Assert.True(first[row].SequenceEqual(second[row]), $"row {row}");

        second.WriteCsv(folder.Path("predictions.csv"));
        var written = Table.Read(folder.Path("predictions.csv"));
        Assert.Equal(["station", "timestamp", "price+1", "price+6", "volume+1", "volume+6"], written.Columns.Select(c => c.Name));
        Assert.Equal(second[1_999][3], written["volume+6"].Numbers[1_999]);
    }

    [Fact]
    public void Later_rows_change_nothing_before()
    {
        using var folder = new TableFolder();
        const int Rows = 600, Cut = 500;
        var options = Small with { Targets = ["price"], Epochs = 1 };
        var table = Table.Read(folder.Write(Measurements.Csv(Rows, 1)));
        var changed = Table.Read(folder.Write(Measurements.Csv(Rows, 1, (row, price) => row < Cut ? price : 1_000 - price), "changed.csv"));

        // The fit: made of the training part, 70 % of the rows, but for the penalty of the linear part, which the validation part chooses.
        using var model = TableModel.Train(table, options);
        using var other = TableModel.Train(changed, options);
        Assert.Equal(
            PreparationFile.Bytes(model.Preparation.Text with { Linear = null }),
            PreparationFile.Bytes(other.Preparation.Text with { Linear = null }));

        // And all of it looks at no row of the test part.
        var tested = RowParts.ByTime(model.Preparation.Layout(table), options).Single(range => range.Part == Part.Test).Start;
        var csv = Measurements.Csv(Rows, 1, (row, price) => row < tested ? price : 1_000 - price);
        using var third = TableModel.Train(Table.Read(folder.Write(csv, "tested.csv")), options);
        Assert.NotNull(model.Preparation.Text.Linear);
        Assert.Equal(PreparationFile.Bytes(model.Preparation.Text), PreparationFile.Bytes(third.Preparation.Text));
        Assert.Equal(model.Model.Parameters.ToArray(), third.Model.Parameters.ToArray());

        // The forecasts: the same model at the same rows.
        var (before, after) = (model.Predict(table), model.Predict(changed));
        for (var row = 0; row < Cut; row++)
            Assert.True(before[row].SequenceEqual(after[row]), $"row {row}");
        Assert.False(before[Cut][0].Equals(after[Cut][0]));

        // And what is learned of the training part looks at no row behind it.
        var layout = model.Preparation.Layout(table);
        var parts = RowParts.ByTime(layout, options);
        var windows = new Training.ForecastData(table, model.Preparation, layout).Windows(parts, Part.Training, out var positions);
        var same = new Training.ForecastData(changed, model.Preparation, layout).Windows(parts, Part.Training, out var samePositions);
        Assert.Equal((windows.Count, positions), (same.Count, samePositions));
        for (var i = 0; i < windows.Count; i++)
        {
            Assert.Equal(windows[i].X.ToArray(), same[i].X.ToArray());
            Assert.Equal(windows[i].Tokens.ToArray(), same[i].Tokens.ToArray());
            Assert.Equal(windows[i].Targets.ToArray(), same[i].Targets.ToArray());
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_with_any_number_of_threads()
    {
        using var folder = new TableFolder();
        var table = Table.Read(folder.Write(Measurements.Csv(800)));
        using var one = TableModel.Train(table, Small);
        using var two = TableModel.Train(table, Small with { Threads = 2 });
        Assert.Equal(one.Model.Parameters.ToArray(), two.Model.Parameters.ToArray());
        Assert.Equal(one.Report!.Scores, two.Report!.Scores);
    }

    [Theory]
    [InlineData("timestamp,station,price\n2024-01-01,a,1\n2024-01-01,a,2\n", 2, "timestamp", "is there twice: it is that of row 1, too")]
    [InlineData("timestamp,station,price\n2024-01-02,a,1\n2024-01-01,a,2\n", 2, "timestamp", "is before that of row 1, 2024-01-02")]
    [InlineData("timestamp,station,price\n2024-01-02,a,1\n,a,2\n", 2, "timestamp", "expected a value, got none")]
    [InlineData("timestamp,station,price\n2024-01-02,a,1\n2024-01-03,,2\n", 2, "station", "expected a value, got none")]
    [InlineData("timestamp,station,price\n2024-01-01,a,1\n", 0, null, "too small: 1 rows in 1 groups")]
    [InlineData(
        "timestamp,station,volume\n2024-01-01,a,1\n", 0, "price", "there is no such column; the table has timestamp, station, volume")]
    public void A_table_that_cannot_be_learned_is_refused(string content, long row, string? column, string says)
    {
        using var folder = new TableFolder();
        var table = Table.Read(folder.Write(content));
        var thrown = Assert.Throws<TableException>(() => TableModel.Train(table, Small with { Targets = ["price"] }));
        Assert.Equal((row, column), (thrown.Row, thrown.Column));
        Assert.Contains(says, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_column_is_left_out_and_a_constant_target_refused()
    {
        using var folder = new TableFolder();
        var lines = Enumerable.Range(0, 200).Select(i => FormattableString.Invariant($"{i % 7},5,{(i < 190 ? 2 : i)}\n"));
        var table = Table.Read(folder.Write("x,same,late\n" + string.Concat(lines)));
        using var model = TableModel.Train(table, new() { Targets = ["x"], HiddenSize = 8, Epochs = 1 });
        Assert.Equal(["x"], model.Preparation.FeatureNames);
        Assert.Contains("column 'same' is not read: it is constant in the training part", model.Report!.Notes);
        Assert.Contains("column 'late' is not read: it is constant in the training part", model.Report.Notes);
        var thrown = Assert.Throws<TableException>(() => TableModel.Train(table, new() { Targets = ["late"] }));
        Assert.Contains("column 'late': the target is constant", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_does_not_fit_a_model_is_refused_by_column_and_row()
    {
        using var folder = new TableFolder();
        using var model = TableModel.Train(Table.Read(folder.Write(Measurements.Csv(400))), Small);
        var without = Table.Read(folder.Write("timestamp,station,sky,price,volume,heat,damp\n2024-01-01,s0,sun,1,2,3,4\n", "a.csv"));
        Assert.Contains(
            "column 'wind': there is no such column", Assert.Throws<TableException>(() => model.Predict(without)).Message,
                StringComparison.Ordinal);

        var text = folder.Write(
            "timestamp,station,sky,price,volume,wind,heat,damp\n2024-01-01,s0,sun,1,2,3,4,5\n2024-01-02,s0,sun,1,2,calm,4,5\n", "b.csv");
        var thrown = Assert.Throws<TableException>(() => Table.Read(text, model.Preparation.ReadOptions));
        Assert.Equal((2L, "wind"), (thrown.Row, thrown.Column));

        var unknown = Table.Read(
            folder.Write("timestamp,station,sky,price,volume,wind,heat,damp\n2024-01-01,s0,hail,1,2,3,4,5\n", "c.csv"));
        Assert.Contains(
            "1 categories were not learned and are read as missing, such as 'hail'", Assert.Single(model.Predict(unknown).Notes),
                StringComparison.Ordinal);
    }

    [Fact]
    public void Before_the_first_validation_there_is_no_model_unless_time_was_limited()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var table = new Table("t", TableColumn.OfNumbers("x", [.. Enumerable.Range(0, 200).Select(i => (float)(i % 9))]));
        var options = new TableOptions { Targets = ["x"], HiddenSize = 8, Epochs = 1, Threads = 1 };
        Assert.Throws<OperationCanceledException>(() => TableModel.Train(table, options, cancellation: cancelled.Token));
        using var model = TableModel.Train(table, options with { TimeLimit = TimeSpan.FromTicks(1) });
        Assert.Empty(model.Report!.Epochs);
        Assert.NotEmpty(model.Report.Scores);
    }

    [Fact]
    public void A_test_part_that_is_too_short_for_an_output_says_so()
    {
        var table = new Table("t", TableColumn.OfNumbers("x", [.. Enumerable.Range(0, 200).Select(i => (float)(i * i % 23))]));
        using var model = TableModel.Train(table, new()
        {
            Targets = ["x"],
            Horizons = [1, 15],
            HiddenSize = 8,
            Epochs = 1,
            ValidationShare = 0.2,
            TestShare = 0.05,
        });
        Assert.All(model.Report!.Scores, score => Assert.Equal("x+1", score.Output));
        Assert.Contains(model.Report.Notes, note => note.StartsWith("x+15: not measured", StringComparison.Ordinal));
    }

    [Fact]
    public void Texts_that_the_preparation_cannot_hold_are_refused_before_learning()
    {
        var texts = Enumerable.Range(0, 20_000).Select(i => $"{new string('w', 960)}{i % 9_000}").ToArray();
        var table = new Table(
            "t", TableColumn.OfNumbers("x", [.. Enumerable.Range(0, texts.Length).Select(i => (float)(i % 9))]),
            TableColumn.OfCategories("a", texts), TableColumn.OfCategories("b", texts));
        var thrown = Assert.Throws<TableException>(() => TableModel.Train(table, new() { Targets = ["x"], HiddenSize = 8, Epochs = 1 }));
        Assert.Contains("the texts of its categories take 17", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_sorted_if_that_is_asked_for()
    {
        using var folder = new TableFolder();
        var csv = Measurements.Csv(400);
        var lines = csv.TrimEnd('\n').Split('\n');
        var reversed = lines[0] + "\n" + string.Join('\n', lines.Skip(1).Reverse()) + "\n";
        using var model = TableModel.Train(Table.Read(folder.Write(csv)), Small with { SortByTime = true });
        var straight = model.Predict(Table.Read(folder.Path("table.csv")));
        var turned = model.Predict(Table.Read(folder.Write(reversed, "reversed.csv")));
        Assert.True(straight[0].SequenceEqual(turned[399]));
        Assert.True(straight[399].SequenceEqual(turned[0]));
    }

    [Fact]
    public void Options_are_checked()
    {
        var table = new Table("t", TableColumn.OfNumbers("x", [1, 2, 3]));
        var good = new TableOptions { Targets = ["x"] };
        foreach (var bad in new[]
        {
            new TableOptions(), good with { Horizons = [0] }, good with { Horizons = [1, 1] }, good with { Cell = "Transformer" },
            good with { HiddenSize = 0 }, good with { TestShare = 0 }, good with { Dropout = 1 }, good with { Zoneout = 1 },
            good with { LearningRate = float.NaN }, good with { TimeLimit = TimeSpan.Zero },
        })
        {
            Assert.ThrowsAny<ArgumentException>(() => TableModel.Train(table, bad));
        }
    }
}
