using System.Text;

using FastRnn.Files;
using FastRnn.Tables.Preparing;

namespace FastRnn.Tables.Tests;

/// <summary>A file of a preparation is read as it was written, or refused.</summary>
public class PreparationFileTests
{
    private static readonly PreparationText Text = new()
    {
        Inputs =
        [
            new() { Name = "x", Labels = null, Mean = 0.1, Scale = 2, HasIndicator = true },
            new() { Name = "c", Labels = ["é", "b"], Mean = 0, Scale = 1, HasIndicator = false },
        ],
        Time = new() { Name = "t", IsCalendar = true, Step = 3600, HasDay = true, HasWeek = false, HasYear = false },
        Group = null,
        Outputs = [new() { Target = "x", Horizon = 3, Period = 0, Mean = 0, Scale = 1 }],
        Label = null,
        Classes = [],
        Window = 24,
        Season = 0,
        SortByTime = false,
        Model = new() { Cell = "Lstm", HiddenSize = 8, Layers = 1, Dropout = 0 },
        Linear = new() { Window = 1, Weights = [[1, 2, 3, 4, 5, 6, 7, 8, 9]], Scales = [0.5] },
        Weights = null,
    };

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        using var folder = new TableFolder();
        var preparation = new TablePreparation(Text);
        preparation.Save(folder.Path("p.json"));
        var loaded = TablePreparation.Load(folder.Path("p.json"));
        Assert.Equal(PreparationFile.Bytes(Text), PreparationFile.Bytes(loaded.Text));
        Assert.Equal(["x", "x (missing)", "t (gap)", "t (day (sine))", "t (day (cosine))"], loaded.FeatureNames);
        Assert.Equal(["c"], loaded.CategoryNames);
        Assert.Equal(["x+3"], loaded.OutputNames);
    }

    [Fact]
    public void Every_changed_byte_is_refused()
    {
        using var folder = new TableFolder();
        var bytes = PreparationFile.Bytes(Text);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 1;
            File.WriteAllBytes(folder.Path("p.json"), changed);
            Assert.Throws<ModelFileException>(() => TablePreparation.Load(folder.Path("p.json")));
        }
    }

    [Theory]
    [InlineData("\"window\":24", "\"window\":0", "window: expected 1 to 10,000")]
    [InlineData("\"window\":24", "\"window\":24,\"window\":24", "Duplicate")]
    [InlineData("\"window\":24", "\"window\":24,\"frame\":1", "frame")]
    [InlineData("\"window\":24,", "", "window")]
    [InlineData("\"scale\":2", "\"scale\":0", "x: expected a mean, and a scale above 0")]
    [InlineData("\"Lstm\"", "\"System.Console\"", "cell: expected one of Lstm")]
    [InlineData("\"hidden_size\":8", "\"hidden_size\":100000", "hidden_size: expected 1 to 4,096")]
    [InlineData("\"step\":3600", "\"step\":-1", "time: expected a step above 0")]
    [InlineData("\"name\":\"c\"", "\"name\":\"x\"", "inputs: one is there twice")]
    [InlineData("[1,2,3,4,5,6,7,8,9]", "[1,2,3,4,5,6,7,8]", "linear: expected 9 weights and a scale for each of 1 outputs")]
    [InlineData("[1,2,3,4,5,6,7,8,9]", "null", "linear: expected 9 weights")]
    [InlineData("\"scales\":[0.5]", "\"scales\":[0]", "linear: expected finite weights, and scales above 0")]
    [InlineData("\"horizon\":3", "\"horizon\":0", "x: expected a horizon")]
    public void What_does_not_fit_is_refused_with_a_right_checksum_too(string from, string to, string says)
    {
        using var folder = new TableFolder();
        var content = Encoding.UTF8.GetString(PreparationFile.Content(PreparationFile.Bytes(Text))!);
        Assert.Contains(from, content, StringComparison.Ordinal);
        File.WriteAllBytes(
            folder.Path("p.json"), PreparationFile.Sealed(Encoding.UTF8.GetBytes(content.Replace(from, to, StringComparison.Ordinal))));
        var thrown = Assert.Throws<ModelFileException>(() => TablePreparation.Load(folder.Path("p.json")));
        Assert.Contains(says, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_preparation_takes_no_more_memory_than_there_are_weights()
    {
        using var folder = new TableFolder();
        var table = new Table("t", TableColumn.OfNumbers("x", [.. Enumerable.Range(0, 200).Select(i => (float)(i % 9))]));
        using var model = TableModel.Train(table, new() { Targets = ["x"], HiddenSize = 8, Epochs = 1 });
        model.Save(folder.Path("m"));
        var text = TablePreparation.Load(folder.Path("m/preparation.json")).Text;
        PreparationFile.Write(folder.Path("m/preparation.json"), text with { Model = text.Model! with { HiddenSize = 512 } });
        var thrown = Assert.Throws<ModelFileException>(() => TableModel.Load(folder.Path("m")));
        Assert.Contains("parameters as preparation.json says, and it is smaller than that", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_model_are_refused()
    {
        using var folder = new TableFolder();
        var table = new Table("t", TableColumn.OfNumbers("x", [.. Enumerable.Range(0, 200).Select(i => (float)(i % 9))]));
        var options = new TableOptions { Targets = ["x"], HiddenSize = 8, Epochs = 1 };
        using var model = TableModel.Train(table, options);
        using var other = TableModel.Train(table, options with { Seed = 2 });
        model.Save(folder.Path("a"));
        other.Save(folder.Path("b"));
        File.Copy(folder.Path("b/model.safetensors"), folder.Path("a/model.safetensors"), overwrite: true);
        var thrown = Assert.Throws<ModelFileException>(() => TableModel.Load(folder.Path("a")));
        Assert.Contains("it is not the model of preparation.json beside it", thrown.Message, StringComparison.Ordinal);
    }
}
