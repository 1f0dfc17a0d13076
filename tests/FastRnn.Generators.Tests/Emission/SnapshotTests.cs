using System.Runtime.CompilerServices;

using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Emission;

/// <summary>Whole emitted files, as a reader would see them. After a wanted change run the tests with
/// <c>FASTRNN_UPDATE_SNAPSHOTS=1</c> and read the difference.</summary>
public sealed class SnapshotTests
{
    [Theory]
    [InlineData("Lstm", Sources.Lstm, "Embedding(Vocabulary = 5, Size = 3), Layer<Lstm>(4), Dense(5), SoftmaxCrossEntropy")]
    [InlineData(
        "GruResetBefore", SmallCells.GruResetBefore, "Input(3), Layer<GruResetBefore>(20), MeanSquaredError(Reduction = Reduction.Mean)")]
    [InlineData("GruStream", SmallCells.GruResetBefore, "Input(16), Layer<GruResetBefore>(200), MeanSquaredError")]
    [InlineData("NormalisedElman", SmallCells.NormalisedElman, "Input(3), Layer<NormalisedElman>(37), MeanSquaredError")]
    [InlineData("Elman", Sources.Elman,
        "OneHot(Vocabulary = 6), Layer<Elman>(40), Layer<Elman>(40), Dense(2, Activation = DenseActivation.Softmax)")]
    public void Emitted_text_is_as_it_was_read(string name, string cell, string attributes)
    {
        var source = $"[Model, {attributes}]\npublic sealed partial class {name}Model;\n\n{cell}";
        var files = Compile.Generate(source).GeneratedSources
            .Where(s => !s.HintName.Contains(".cell.", StringComparison.Ordinal) && !s.HintName.Contains("W128", StringComparison.Ordinal)
                && !s.HintName.Contains("W256", StringComparison.Ordinal))
            .OrderBy(s => s.HintName, StringComparer.Ordinal)
            .Select(s => $"==== {s.HintName}\n{s.SourceText}");
        var text = string.Join("\n", files);
        Assert.Contains("partial class " + name + "Model", text, StringComparison.Ordinal);
        Compare(name, text);
    }

    [Fact]
    public void Tables_of_an_encoder_and_a_decoder_are_as_they_were_read()
    {
        Compare("Translate", Compile.Generate(Sources.Translate + Sources.Elman).GeneratedSources.Single(s =>
            s.HintName == "TranslateModel.g.cs").SourceText.ToString());
    }

    [Theory]
    [InlineData("Weights", "Width = 256")]
    [InlineData("WeightsBFloat16", "Format = WeightFormat.BFloat16")]
    [InlineData("WeightsInt8", "Format = WeightFormat.Int8")]
    public void Embedded_weights_are_as_they_were_read(string name, string options)
    {
        using var files = new TemporaryFiles();
        var file = new TensorFile().Add("W_l0", [3, 2], 1, 2, 3, 4, 5, 6)
            .Add("U_l0", [3, 3], 10, 11, 12, 20, 21, 22, 30, 31, 32).Add("b_l0", [3], 0.1f, 0.2f, 0.3f);
        var source =
            $"[Model, Input(2), Layer<Elman>(3), Weights(\"small.safetensors\", {options})] public sealed partial class Small;\n"
                + $"{Sources.Elman}";
        var texts = Compile.Generate(source, files.Add("small.safetensors", file.ToBytes())).GeneratedSources.ToDictionary(
            s => s.HintName, s => s.SourceText.ToString());
        Compare(name, texts["Small.weights.g.cs"]);
        Assert.Contains("bytes of weights in the assembly", texts["Small.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("Small(int seed", texts["Small.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Widths_differ_in_lanes_blocks_and_rows_only()
    {
        var source = $"[Model, Input(3), Layer<Lstm>(16)]\npublic sealed partial class M;\n\n{Sources.Lstm}";
        var epilogues = Compile.Generate(source).GeneratedSources
            .Where(s => s.HintName.Contains(".W", StringComparison.Ordinal)).Select(s => Equations(s.SourceText.ToString())).ToList();
        Assert.Equal(3, epilogues.Count);
        Assert.Single(epilogues.Distinct());
    }

    [Fact]
    public void The_same_declaration_gives_the_same_text_in_every_run()
    {
        var source = $"[Model, Input(3), Layer<Lstm>(5)]\npublic sealed partial class M;\n\n{Sources.Lstm}";
        var runs = Enumerable.Range(0, 3)
            .Select(_ => string.Join("", Compile.Generate(source).GeneratedSources.Select(s => s.HintName + s.SourceText)));
        Assert.Single(runs.Distinct());
    }

    /// <summary>The comments and values of an epilogue.</summary>
    private static string Equations(string text) => string.Join(
        "\n",
        text.Split('\n').Select(l => l.Trim())
            .Where(l => l.StartsWith("// i =", StringComparison.Ordinal) || l.Contains("Activation.", StringComparison.Ordinal))
            .Select(l => System.Text.RegularExpressions.Regex.Replace(l, " \\+ [0-9]+", "")).Distinct());

    private static void Compare(string name, string text, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "Snapshots", name + ".txt");
        if (Environment.GetEnvironmentVariable("FASTRNN_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
    }
}
