using FastRnn.Generators.Tests.Harness;
using FastRnn.Generators.Weights;

namespace FastRnn.Generators.Tests.Weights;

public sealed class WeightsDiagnosticsTests
{
    [Fact]
    public void A_file_that_is_right_says_nothing()
    {
        using var files = new TemporaryFiles();
        Assert.Empty(WeightsCase.All(
            WeightsCase.Model.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal) + "/*[||]*/",
            files.Add("w.safetensors", WeightsCase.File.ToBytes())));
    }

    [Fact]
    public void A_file_that_the_project_does_not_name_wants_a_line_of_it() => Assert.Contains(
        "<AdditionalFiles Include=\"w.safetensors\" />", WeightsCase.Check("FRNN072", WeightsCase.Model).Message(),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("w.safetensors", "w.safetensors", true)]
    [InlineData("/data/a/w.safetensors", "w.safetensors", true)]
    [InlineData("C:\\a\\b\\w.safetensors", "b/w.safetensors", true)]
    [InlineData("/a/b/w.safetensors", "./b\\w.safetensors", true)]
    [InlineData("/a/bw.safetensors", "w.safetensors", false)]
    [InlineData("/a/b/w.safetensors", "c/w.safetensors", false)]
    [InlineData("/a/b/W.safetensors", "w.safetensors", false)]
    [InlineData("/a/b/w.safetensors", "", false)]
    [InlineData("/a/b/w.safetensors", "/b/w.safetensors", false)]
    public void The_attribute_says_the_end_of_a_path(string path, string said, bool matches) =>
        Assert.Equal(matches, WeightPaths.Matches(path, said));

    [Fact]
    public void A_name_that_two_files_have_is_not_enough()
    {
        using var files = new TemporaryFiles();
        var (first, second) =
            (files.Add("a/w.safetensors", WeightsCase.File.ToBytes()), files.Add("b/w.safetensors", WeightsCase.File.ToBytes()));

        Assert.Contains("a/w.safetensors", WeightsCase.Check("FRNN072", WeightsCase.Model, first, second).Message().Replace('\\', '/'),
            StringComparison.Ordinal);
        Assert.Empty(WeightsCase.All(WeightsCase.Model.Replace("\"w.", "\"b/w.", StringComparison.Ordinal), first, second));
    }

    [Fact]
    public void A_file_that_is_not_on_the_disk_cannot_be_read()
    {
        using var files = new TemporaryFiles();
        Assert.Contains("no such file", WeightsCase.Check("FRNN073", WeightsCase.Model, new AdditionalFile(files.PathOf("w.safetensors")))
            .Message(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_is_missing() => Assert.Contains(
        "'b_l0' [3] is missing", WeightsCase.Check("FRNN074", new TensorFile().AddAny("W_l0", 3, 2).AddAny("U_l0", 3, 3).ToBytes())
            .Message(), StringComparison.Ordinal);

    [Fact]
    public void Tensors_are_unknown() => Assert.Contains(
        "'c_l0' and 1 more is unknown",
        WeightsCase.Check("FRNN074", WeightsCase.File.AddAny("c_l0", 3).AddAny("d_l0", 3).ToBytes()).Message(), StringComparison.Ordinal);

    [Fact]
    public void Each_tensor_that_is_wrong_is_reported()
    {
        using var files = new TemporaryFiles();
        var file = files.Add("w.safetensors", new TensorFile().AddAny("W_l0", 2, 3).AddAny("U_l0", 3, 4).AddAny("b_l0", 3).ToBytes());
        Assert.Equal(["FRNN075", "FRNN075"], WeightsCase.All(WeightsCase.Model, file).Select(d => d.Id));
    }

    [Fact]
    public void A_shape_is_another_one() => Assert.Contains(
        "tensor 'b_l0': expected the shape [3], got [3, 1]",
        WeightsCase.Check("FRNN075", new TensorFile().AddAny("W_l0", 3, 2).AddAny("U_l0", 3, 3).AddAny("b_l0", 3, 1).ToBytes()).Message(),
        StringComparison.Ordinal);

    [Fact]
    public void A_type_is_no_number_of_ours() => Assert.Contains(
        "tensor 'b_l0': expected F32 (or F64, F16, BF16), got I32",
        WeightsCase.Check("FRNN076", new TensorFile().AddAny("W_l0", 3, 2)
            .AddAny("U_l0", 3, 3).Add("b_l0", "I32", [3], new byte[12]).ToBytes()).Message(), StringComparison.Ordinal);

    [Theory]
    [InlineData("F32", new byte[] { 0, 0, 0x80, 0x7f })]
    [InlineData("F32", new byte[] { 1, 0, 0x80, 0xff })]
    [InlineData("F16", new byte[] { 0, 0x7c })]
    [InlineData("BF16", new byte[] { 0x80, 0x7f })]
    [InlineData("F64", new byte[] { 0, 0, 0, 0, 0, 0, 0xf0, 0x7e })]
    public void A_number_is_not_finite_in_single_precision(string type, byte[] bytes) => Assert.Contains(
        "tensor 'b_l0', element 2",
        WeightsCase.Check(
            "FRNN077", new TensorFile().AddAny("W_l0", 3, 2)
                .AddAny("U_l0", 3, 3).Add("b_l0", type, [3], [.. new byte[2 * bytes.Length], .. bytes]).ToBytes()).Message(),
        StringComparison.Ordinal);

    [Fact]
    public void A_model_is_too_large_for_an_assembly()
    {
        var model = WeightsCase.Model.Replace("Elman>(3)", "Elman>(2896)", StringComparison.Ordinal);
        Assert.Contains("33,", WeightsCase.Check("FRNN078", [], model).Message(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_too_large_to_be_read()
    {
        using var files = new TemporaryFiles();
        var file = files.Add("w.safetensors", []);
        using (var stream = File.OpenWrite(file.Path))
            stream.SetLength(WeightFile.MaxBytes + 1);
        Assert.Contains("67,108,865", WeightsCase.Check("FRNN078", WeightsCase.Model, file).Message(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_belongs_to_another_model() => Assert.Contains(
        "'0123456789abcdef'", WeightsCase.Check("FRNN079", WeightsCase.File.Metadata("fastrnn.model", "0123456789abcdef").ToBytes())
            .Message(), StringComparison.Ordinal);

    [Fact]
    public void A_matrix_of_int8_numbers_needs_its_scales()
    {
        Says("FRNN074", "tensor 'U_l0': expected the scales of its I8 rows as 'U_l0.scale', F32 [3], got none", Int8);
        Says("FRNN074", "tensor 'U_l0.scale': expected F32 [3], got F32 [2]", Int8.AddAny("U_l0.scale", 2));
        Says("FRNN074", "tensor 'U_l0.scale': expected F32 [3], got F32 [3, 1]", Int8.AddAny("U_l0.scale", 3, 1));
        Says("FRNN074", "tensor 'U_l0.scale': expected F32 [3], got F16 [3]", Int8.Add("U_l0.scale", "F16", [3], new byte[6]));
        Says("FRNN074", "tensor 'U_l0.scale', element 1: expected a finite number of at least 0, got -1",
            Int8.Add("U_l0.scale", [3], 0, -1, float.NaN));
        Says("FRNN077", "tensor 'U_l0', element 3", Int8.Add("U_l0.scale", [3], 1, float.MaxValue, 1));

        static void Says(string id, string message, TensorFile file) =>
            Assert.Contains(message, WeightsCase.Check(id, file.ToBytes()).Message(), StringComparison.Ordinal);
    }

    [Fact]
    public void Scales_belong_to_int8_numbers()
    {
        using var files = new TemporaryFiles();
        var file = files.Add("w.safetensors", WeightsCase.File.AddAny("U_l0.scale", 3).ToBytes());
        Assert.Contains(
            "tensor 'U_l0.scale': expected the scales of a matrix of I8, which is F32",
            WeightsCase.All(WeightsCase.Model, file).Select(diagnostic => diagnostic.Message()).Last(), StringComparison.Ordinal);
        Assert.Contains("tensor 'b_l0': expected F32 (or F64, F16, BF16), got I8", WeightsCase.Check(
            "FRNN076", new TensorFile().AddAny("W_l0", 3, 2).AddAny("U_l0", 3, 3).Add("b_l0", "I8", [3], new byte[3]).ToBytes()).Message(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Int8_weights_lie_in_one_order() => WeightsCase.Check(
        "FRNN070", WeightsCase.File.ToBytes(),
        "[Model, Input(2), Layer<Elman>(3), Weights(\"w.safetensors\", Format = WeightFormat.Int8, Width = [|256|])] "
            + "public sealed partial class Small;");

    [Theory]
    [InlineData("Format = [|(WeightFormat)7|]")]
    [InlineData("Width = [|100|]")]
    [InlineData("Width = [|-128|]")]
    public void Options_exist(string option) => Diagnostics.DiagnosticCase.Check(
        "FRNN052", Sources.Elman
        + $"[Model, Input(2), Layer<Elman>(3), Weights(\"w.safetensors\", {option})] public sealed partial class Wrong;");

    /// <summary>All that the model has, one matrix of them in int8.</summary>
    private static TensorFile Int8 => new TensorFile().AddAny("W_l0", 3, 2).AddAny("b_l0", 3)
        .Add("U_l0", "I8", [3, 3], [1, 2, 3, 127, 0x80, 0, 0xff, 5, 6]);
}
