using System.Text;

using FastRnn.Compiler;
using FastRnn.Files;
using FastRnn.Tables.Preparing;

namespace FastRnn.Tables.Tests;

/// <summary>Tables are learned by cells of the user's own as well.</summary>
public class OwnCellTests
{
    /// <summary>The equations of the library's Elman cell, with usings that are there already.</summary>
    private const string Mine = """
        using FastRnn;
        using FastRnn.Language;

        [Cell]
        public sealed partial class Mine
        {
            private readonly Mat<Hidden, Input> W;
            [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Hidden> U;
            private readonly Vec<Hidden> b;

            public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => Tanh(W * x + U * h + b);
        }
        """;

    private static readonly TableOptions Options =
        new() { Targets = ["x"], Cell = "Mine", CellCode = Mine, HiddenSize = 8, Epochs = 2, Threads = 1 };

    private static readonly Table Waves =
        new("t", TableColumn.OfNumbers("x", [.. Enumerable.Range(0, 400).Select(i => MathF.Sin(i / 3f) + (i % 7 / 10f))]));

    [Fact]
    public void It_is_learned_and_saved_with_the_model()
    {
        using var folder = new TableFolder();
        using var trained = TableModel.Train(Waves, Options);
        using var builtIn = TableModel.Train(Waves, Options with { Cell = "elman", CellCode = null });
        Assert.StartsWith("Mine 8, ", trained.Report!.Summary, StringComparison.Ordinal);
        Assert.Equal(builtIn.Report!.Epochs[0].ValidationLoss, trained.Report.Epochs[0].ValidationLoss, 0.1);

        trained.Save(folder.Path("m"));
        using var loaded = TableModel.Load(folder.Path("m"));
        var (first, second) = (trained.Predict(Waves), loaded.Predict(Waves));
        for (var row = 0; row < first.Count; row++)
            Assert.True(first[row].SequenceEqual(second[row]), $"row {row}");
    }

    [Fact]
    public void What_is_wrong_with_it_is_said_by_its_own_lines()
    {
        var thrown = Assert.Throws<CompilationException>(
            () => TableModel.Train(Waves, Options with { CellCode = Mine.Replace("U * h", "Q * h", StringComparison.Ordinal) }));
        var error = thrown.Diagnostics.First(d => d.Severity == CompileSeverity.Error);
        Assert.Equal((TableOptions.CellCodePath, 11), (error.Path, error.Line));
        Assert.Throws<ArgumentException>(() => TableModel.Train(Waves, Options with { Cell = "no name" }));
        Assert.Throws<ArgumentException>(() => TableModel.Train(Waves, Options with { CellCode = new string(' ', 1_000_001) }));
    }

    [Fact]
    public void Code_in_a_folder_that_does_not_compile_is_a_damaged_file()
    {
        using var folder = new TableFolder();
        using var trained = TableModel.Train(Waves, Options);
        trained.Save(folder.Path("m"));
        var path = folder.Path("m/preparation.json");
        var content = Encoding.UTF8.GetString(PreparationFile.Content(File.ReadAllBytes(path))!);
        content = content.Replace("U * h", "Q * h", StringComparison.Ordinal);
        File.WriteAllBytes(path, PreparationFile.Sealed(Encoding.UTF8.GetBytes(content)));
        var thrown = Assert.Throws<ModelFileException>(() => TableModel.Load(folder.Path("m")));
        Assert.Contains("preparation.json: damaged: cell.cs(11,", thrown.Message, StringComparison.Ordinal);
    }
}
