namespace FastRnn.Tables.Tests;

/// <summary>The programs of the package's README: short, and they do what the page says. There is one console and one current folder, so no
/// other test runs meanwhile.</summary>
[Collection(nameof(ProgramTests))]
[CollectionDefinition(nameof(ProgramTests), DisableParallelization = true)]
public class ProgramTests
{
    [Fact]
    public void Forecasts_of_20000_irregular_rows_take_40_lines()
    {
        using var folder = new TableFolder();
        folder.Write(Measurements.Csv(20_000, 4), "measurements.csv");
        Assert.InRange(TablesProgram.All[0].LineCount, 5, 40);

        var printed = TablesProgram.All[0].Run(folder.Root);
        Assert.Contains("linear regression", printed, StringComparison.Ordinal);
        Assert.Contains("better than all three: True", printed, StringComparison.Ordinal);
        Assert.Equal(20_001, File.ReadLines(folder.Path("predictions.csv")).Count());
    }

    [Fact]
    public void Names_of_sequences_of_10_to_79_steps_take_30_lines()
    {
        using var folder = new TableFolder();
        folder.Write(Measurements.Sequences(500), "sequences.csv");
        Assert.InRange(TablesProgram.All[1].LineCount, 5, 30);

        var printed = TablesProgram.All[1].Run(folder.Root);
        Assert.Contains("precision  recall     F1", printed, StringComparison.Ordinal);
        Assert.Contains("stay: recall ", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Nine_sizes_come_from_a_configuration_file()
    {
        using var folder = new TableFolder();
        folder.Write(Measurements.Csv(1_000), "measurements.csv");
        string[] cells = [.. new[] { "gru", "lstm", "elman" }.Select(cell => $$"""{"Cell":"{{cell}}","HiddenSizes":[4,6,8]}""")];
        folder.Write($"[{string.Join(',', cells)}]", "sizes.json");
        var printed = TablesProgram.All[2].Run(folder.Root);
        Assert.Equal(9, printed.Split('\n').Count(line => line.Contains("validation loss", StringComparison.Ordinal)));
        Assert.Contains("best: ", printed, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.Path("best/preparation.json")));
    }
}
