namespace FastRnn.Tables.Tests;

/// <summary>From a file to names of sequences.</summary>
public class ClassificationTests
{
    [Fact]
    public void Sequences_are_named_better_than_by_the_most_frequent_class()
    {
        using var folder = new TableFolder();
        var table = Table.Read(folder.Write(Measurements.Sequences(300)));
        var options = new TableOptions
        {
            Targets = ["kind"],
            Group = "id",
            ClassWeights = ClassWeighting.Balanced,
            HiddenSize = 8,
            Epochs = 10,
            BatchSize = 16,
            LearningRate = 1e-2f,
        };
        using var model = TableModel.Train(table, options);
        Assert.Equal(["fall", "rise", "stay"], model.Report!.Classes);
        Assert.Equal(["model", "most frequent class", "linear regression on summaries"], model.Report.Methods);
        Assert.True(model.Report.Confusions["model"].Accuracy > 0.8, model.Report.ToString());
        Assert.Equal(["x", "y"], model.Preparation.FeatureNames);
        Assert.Contains("precision  recall     F1", model.Report.ToString(), StringComparison.Ordinal);

        model.Save(folder.Path("model"));
        using var loaded = TableModel.Load(folder.Path("model"));
        var named = loaded.Predict(Table.Read(folder.Path("table.csv"), loaded.Preparation.ReadOptions));
        Assert.Equal(300, named.Count);
        Assert.Equal("q0", named.Names[0]);
        Assert.Equal(1f, named[0].ToArray().Sum(), 5);
        Assert.True(model.Predict(table)[299].SequenceEqual(named[299]));
        named.WriteCsv(folder.Path("named.csv"));
        Assert.Equal("id,class,fall,rise,stay", File.ReadLines(folder.Path("named.csv")).First());
    }

    [Fact]
    public void Groups_may_be_read_from_both_ends_and_forecasts_may_not()
    {
        using var folder = new TableFolder();
        var table = Table.Read(folder.Write(Measurements.Sequences(60)));
        var options = new TableOptions { Targets = ["kind"], Group = "id", HiddenSize = 4, Epochs = 1, Bidirectional = true };
        using var model = TableModel.Train(table, options);
        using var oneWay = TableModel.Train(table, options with { Bidirectional = false });
        var biases = model.Report!.Classes.Count;
        Assert.Equal(2 * (oneWay.Model.Info.ParameterCount - biases), model.Model.Info.ParameterCount - biases);
        model.Save(folder.Path("model"));
        using var loaded = TableModel.Load(folder.Path("model"));
        Assert.True(model.Predict(table)[7].SequenceEqual(loaded.Predict(table)[7]));

        var forecast = new TableOptions { Targets = ["x"], Group = "id", Bidirectional = true };
        var thrown = Assert.Throws<TableException>(() => TableModel.Train(table, forecast));
        Assert.Contains("bidirectional: a forecast knows no later row", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_has_one_label()
    {
        using var folder = new TableFolder();
        var options = new TableOptions { Targets = ["kind"], Group = "id" };
        Refused("id,kind,x\na,u,1\na,v,2\n", options, 2, "kind", "expected one label for all rows of 'a', got 'u' and 'v'");
        Refused("id,kind,x\na,u,1\nb,,2\n", options, 2, "kind", "no row of 'b' has a label");
        Refused("id,kind,x\na,u,1\nb,u,2\n", options, 0, "kind", "expected 2 to 4,096 classes, got 1");
        Refused("id,kind,x\na,u,1\nb,v,2\n", options with { Group = null }, 0, "kind", "say which column tells the groups apart");

        void Refused(string content, TableOptions with, long row, string column, string says)
        {
            var thrown = Assert.Throws<TableException>(() => TableModel.Train(Table.Read(folder.Write(content)), with));
            Assert.Equal((row, column), (thrown.Row, thrown.Column));
            Assert.Contains(says, thrown.Message, StringComparison.Ordinal);
        }
    }
}
