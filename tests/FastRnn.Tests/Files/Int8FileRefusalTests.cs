using FastRnn.Files;

namespace FastRnn.Tests.Files;

/// <summary>Files of int8 numbers with one thing wrong. The model has <c>weight_ih_l0 [2, 1]</c>, <c>weight_hh_l0 [2, 2]</c> and two
/// biases; its file has I8 for the second matrix.</summary>
public sealed class Int8FileRefusalTests : IDisposable
{
    private const string Matrix = "weight_hh_l0";
    private const string Scale = "weight_hh_l0.scale";

    private static readonly ModelInfo Info = HandMadeModels.Elman(1, 2, 1);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rows_are_multiplied_by_their_scales()
    {
        Assert.Equal([1, 2, 63.5f, -1, -64, 0, 3, 4], Load(Write()));
        Assert.Equal([1, 2, 63.5f, -1, -64, 0, 3, 4], Load(Write(reversed: true)));
        Assert.Equal([1, 2, 0, -0f, -64, 0, 3, 4], Load(Write(Integers(Matrix, 2, 2), new(Scale, new float[] { 0, 0.5f }))));
    }

    [Fact]
    public void A_matrix_without_scales_is_refused() =>
        Refuses($"tensor '{Matrix}': expected the scales of its I8 rows as '{Scale}', F32 [2], got none", Integers(Matrix, 2, 2));

    [Fact]
    public void Scales_of_another_shape_or_type_are_refused()
    {
        Refuses($"tensor '{Scale}': expected F32 [2], got F32 [3]", Integers(Matrix, 2, 2), new(Scale, new float[3]));
        Refuses($"tensor '{Scale}': expected F32 [2], got F32 [2, 1]", Integers(Matrix, 2, 2), new(Scale, new float[2], 2, 1));
        Refuses($"tensor '{Scale}': expected F32 [2], got F64 [2]", Integers(Matrix, 2, 2), new(Scale, new double[2]));
        Refuses($"tensor '{Scale}': expected F32 [2], got I8 [2]", Integers(Matrix, 2, 2), FileEdit.Integers(Scale, [1, 1], 2));
    }

    [Theory]
    [InlineData(-0.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Scales_that_are_no_scales_are_refused(float scale) => Refuses(
        $"tensor '{Scale}', element 1: expected a finite number of at least 0, got ", Integers(Matrix, 2, 2),
        new(Scale, new float[] { 1, scale }));

    [Fact]
    public void A_product_that_is_too_large_is_refused() => Refuses(
        $"tensor '{Matrix}', element 2: expected a finite number in single precision, got -", Integers(Matrix, 2, 2),
        new(Scale, new float[] { 1, float.MaxValue / 100 }));

    [Fact]
    public void A_vector_has_no_rows() => Refuses(
        "tensor 'bias_ih_l0': expected F32 (or F64, F16, BF16), got I8", new TensorData(Matrix, new float[4], 2, 2),
        FileEdit.Integers("bias_ih_l0", [1, 2], 2));

    /// <summary>With and without other tensors: whoever wrote scales meant numbers to be multiplied by them.</summary>
    [Fact]
    public void Scales_of_floats_are_refused()
    {
        TensorData[] tensors = [new(Matrix, new float[4], 2, 2), new(Scale, new float[2])];
        Refuses($"tensor '{Scale}': expected the scales of a matrix of I8, which is F32", tensors);
        var error = Assert.Throws<ModelFileException>(
            () => ModelFile.Load(Info, new float[Info.ParameterCount], Write(tensors), new() { AllowExtra = true }));
        Assert.Contains($"tensor '{Scale}': expected the scales", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scales_without_a_tensor_are_unknown() => Refuses(
        "tensor 'weight_hh_l9.scale' is unknown to the model", Integers(Matrix, 2, 2), new(Scale, new float[2]),
        new("weight_hh_l9.scale", new float[2]));

    [Fact]
    public void Integers_of_another_shape_are_refused() => Refuses(
        $"tensor '{Matrix}': expected the shape [2, 2], got [1, 4]", Integers(Matrix, 1, 4), new(Scale, new float[1]));

    [Fact]
    public void A_file_cut_off_at_any_byte_or_with_any_flipped_bit_in_its_header_is_refused_or_as_it_was()
    {
        var path = Write();
        var whole = File.ReadAllBytes(path);
        var expected = Load(path);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<ModelFileException>(() => Load(path));
        }

        var refused = 0;
        var bits = 8 * (8 + BitConverter.ToInt32(whole));
        for (var bit = 0; bit < bits; bit++)
        {
            var damaged = whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, damaged);
            try
            {
                Assert.Equal(expected, Load(path));
            }
            catch (ModelFileException)
            {
                refused++;
            }
        }

        // Spaces behind the header may become other white space.
        Assert.InRange(refused, bits * 9 / 10, bits);
    }

    private static TensorData Integers(string name, params long[] shape) => FileEdit.Integers(name, [127, -2, -128, 0], shape);

    private string Write(bool reversed = false) => Write([Integers(Matrix, 2, 2), new(Scale, new float[] { 0.5f, 0.5f })], reversed);

    /// <summary>The file with some tensors, and all others of the model as they are right.</summary>
    private string Write(params TensorData[] tensors) => Write(tensors, reversed: false);

    private string Write(TensorData[] tensors, bool reversed)
    {
        TensorData[] right =
            [new("weight_ih_l0", new float[] { 1, 2 }, 2, 1), new("bias_ih_l0", new float[] { 3, 4 }), new("bias_hh_l0", new float[2])];
        List<TensorData> all = [.. tensors, .. right.Where(one => tensors.All(tensor => tensor.Name != one.Name))];
        if (reversed)
            all.Reverse();

        var path = folder.File("model.safetensors");
        AtomicFile.Write(path, stream => SafeTensorsWriter.Write(stream, all));
        return path;
    }

    private static float[] Load(string path)
    {
        var loaded = new float[Info.ParameterCount];
        ModelFile.Load(Info, loaded, path);
        return loaded;
    }

    private void Refuses(string message, params TensorData[] tensors)
    {
        var untouched = Enumerable.Repeat(7f, Info.ParameterCount).ToArray();
        var path = Write(tensors);
        var error = Assert.Throws<ModelFileException>(() => ModelFile.Load(Info, untouched, path));
        Assert.StartsWith(message, error.What, StringComparison.Ordinal);
        Assert.All(untouched, p => Assert.Equal(7, p));
    }
}
