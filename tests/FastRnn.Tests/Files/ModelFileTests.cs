using FastRnn.Files;

namespace FastRnn.Tests.Files;

public sealed class ModelFileTests : IDisposable
{
    private static readonly ModelInfo Info = HandMadeModels.Gru;
    private readonly TemporaryFolder folder = new();
    private readonly string path;
    private readonly float[] parameters = HandMadeModels.Parameters(Info);

    public ModelFileTests() => path = folder.File("model.safetensors");

    public void Dispose() => folder.Dispose();

    private float[] Load(ModelInfo? info = null)
    {
        var loaded = new float[(info ?? Info).ParameterCount];
        ModelFile.Load(info ?? Info, loaded, path);
        return loaded;
    }

    /// <summary>Writes the model's tensors after a change.</summary>
    private void Rewrite(Func<string, float[], TensorData?> change, params TensorData[] more)
    {
        ModelFile.Save(Info, parameters, path);
        var tensors = new List<TensorData>(more);
        using (var file = SafeTensorsReader.Open(path))
        {
            foreach (var tensor in file.Tensors)
            {
                var values = new float[tensor.Count];
                file.Read(tensor, 0, values);
                if (change(tensor.Name, values) is { } changed)
                    tensors.Add(changed.Shape.Count == 1 && changed.Type == TensorType.F32
                        ? new(changed.Name, values, [.. tensor.Shape]) : changed);
            }
        }

        AtomicFile.Write(path, stream => SafeTensorsWriter.Write(stream, tensors));
    }

    private string Refusal()
    {
        var untouched = Enumerable.Repeat(7f, Info.ParameterCount).ToArray();
        var error = Assert.Throws<ModelFileException>(() => ModelFile.Load(Info, untouched, path));
        Assert.All(untouched, p => Assert.Equal(7, p));
        return error.What;
    }

    [Fact]
    public void Saving_copies_no_numbers()
    {
        var large = HandMadeModels.Lstm(200, 300, 2);
        var numbers = HandMadeModels.Parameters(large);
        ModelFile.Save(large, numbers, path);

        var before = GC.GetAllocatedBytesForCurrentThread();
        ModelFile.Save(large, numbers, path);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, numbers.Length * sizeof(float) / 8);
        Assert.Equal(numbers, Load(large));
    }

    [Fact]
    public void What_was_saved_is_loaded_bit_for_bit_with_its_metadata()
    {
        ModelFile.Save(Info, parameters, path, new Dictionary<string, string> { ["letters"] = "abc" });

        var loaded = new float[Info.ParameterCount];
        var metadata = ModelFile.Load(Info, loaded, path);

        Assert.Equal(parameters, loaded);
        Assert.Equal("abc", metadata["letters"]);
        Assert.Equal(ModelFingerprint.Of(Info), metadata[ModelFingerprint.MetadataKey]);
        Assert.Equal(metadata, ModelFile.ReadMetadata(path));
        ModelFile.Save(Info, loaded, path, metadata);
        Assert.Equal(parameters, Load());
    }

    [Fact]
    public void The_tensors_have_PyTorchs_names_shapes_and_order_of_rows()
    {
        ModelFile.Save(Info, parameters, path);

        using var file = SafeTensorsReader.Open(path);
        Assert.Equal(
            ["embedding.weight [4, 2]", "weight_ih_l0 [9, 2]", "weight_hh_l0 [9, 3]", "bias_ih_l0 [9]", "bias_hh_l0 [9]",
                "dense.weight [2, 3]", "dense.bias [2]"],
            file.Tensors.Select(t => $"{t.Name} {TensorEntry.Format(t.Shape)}"));
        var secondBias = new float[9];
        file.Read(file.Find("bias_hh_l0")!, 0, secondBias);
        // Embedding 4 x 2, W 3 x 3 x 2, U 3 x 3 x 3, b 3 x 3 stand before bhn.
        Assert.Equal([0, 0, 0, 0, 0, 0, .. parameters.AsSpan(8 + 18 + 27 + 9, 3)], secondBias);
    }

    [Fact]
    public void A_second_bias_is_added_where_it_is_folded_and_kept_where_it_is_a_parameter()
    {
        Rewrite((name, values) =>
        {
            if (name == "bias_hh_l0")
                Array.Fill(values, 0.5f);
            return new(name, values);
        });

        var loaded = Load();

        var bias = 8 + 18 + 27;
        Assert.Equal(parameters.AsSpan(bias, 6).ToArray().Select(b => b + 0.5f), loaded.AsSpan(bias, 6).ToArray());
        Assert.Equal(parameters.AsSpan(bias + 6, 3), loaded.AsSpan(bias + 6, 3));
        Assert.Equal([0.5f, 0.5f, 0.5f], loaded.AsSpan(bias + 9, 3));
    }

    [Fact]
    public void The_order_of_tensors_does_not_matter()
    {
        var info = HandMadeModels.Elman(1, 1, 1);
        AtomicFile.Write(path, stream => SafeTensorsWriter.Write(stream, [
            new("bias_hh_l0", new float[] { 0.25f }), new("bias_ih_l0", new float[] { 1 }),
            new("weight_hh_l0", new float[] { 2 }, 1, 1), new("weight_ih_l0", new float[] { 3 }, 1, 1)]));

        Assert.Equal([3, 2, 1.25f], Load(info));
    }

    [Fact]
    public void A_tensor_that_would_only_be_added_may_be_absent_and_another_may_not()
    {
        var info = HandMadeModels.Elman(1, 1, 1);
        TensorData[] tensors = [new("bias_ih_l0", new float[] { 1 }), new("weight_hh_l0", new float[] { 2 }, 1, 1),
            new("weight_ih_l0", new float[] { 3 }, 1, 1)];
        AtomicFile.Write(path, stream => SafeTensorsWriter.Write(stream, tensors));
        Assert.Equal([3, 2, 1], Load(info));

        Rewrite((name, values) => name == "bias_hh_l0" ? null : new(name, values));
        Assert.Equal("tensor 'bias_hh_l0' [9] is missing", Refusal());
    }

    [Fact]
    public void A_tensor_of_an_unknown_name_is_refused()
    {
        Rewrite((name, values) => new(name, values), new TensorData("weight_ih_l9", new float[] { 1 }));
        Assert.StartsWith(
            "tensor 'weight_ih_l9' is unknown to the model: expected embedding.weight, weight_ih_l0", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_of_another_shape_is_refused_even_if_its_numbers_would_fit()
    {
        Rewrite((name, values) => name == "dense.weight" ? new(name, values, 3, 2) : new(name, values));
        Assert.Equal("tensor 'dense.weight': expected the shape [2, 3], got [3, 2]", Refusal());
    }

    [Fact]
    public void A_tensor_of_whole_numbers_is_refused()
    {
        Rewrite((name, values) => name == "dense.bias" ? new(name, new long[] { 1, 2 }) : new(name, values));
        Assert.Equal("tensor 'dense.bias': expected F32 (or F64, F16, BF16), got I64", Refusal());
    }

    [Fact]
    public void Doubles_are_rounded()
    {
        Rewrite((name, values) => name == "dense.bias" ? new(name, new double[] { 0.1, 1e-60 }) : new(name, values));
        Assert.Equal([0.1f, 0], Load()[^2..]);
    }

    [Fact]
    public void Half_precision_is_widened()
    {
        var header =
            """{"weight_ih_l0":{"dtype":"F16","shape":[1,1],"data_offsets":[0,2]},"""
                + """ "weight_hh_l0":{"dtype":"BF16","shape":[1,1],"data_offsets":[2,4]},"""
                + """ "bias_ih_l0":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""";
        File.Copy(folder.Write(header, [0x00, 0x3e, 0xc0, 0x3f, 0, 0, 0, 0]), path);

        Assert.Equal([1.5f, 1.5f, 0], Load(HandMadeModels.Elman(1, 1, 1)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_refused_by_name_and_place(float bad)
    {
        Rewrite((name, values) =>
        {
            if (name == "weight_hh_l0")
                values[13] = bad;
            return new(name, values);
        });

        Assert.StartsWith("tensor 'weight_hh_l0', element 13: expected a finite number", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_leave_single_precision_are_refused()
    {
        Rewrite((name, values) => name == "dense.bias" ? new(name, new double[] { 0, 1e39 }) : new(name, values));
        Assert.StartsWith(
            "tensor 'dense.bias', element 1: expected a finite number in single precision", Refusal(), StringComparison.Ordinal);

        Rewrite((name, values) =>
        {
            if (name is "bias_ih_l0" or "bias_hh_l0")
                values[4] = float.MaxValue;
            return new(name, values);
        });
        Assert.StartsWith("tensor 'bias_hh_l0', element 4: expected a finite number", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_cell_are_refused_though_all_shapes_agree()
    {
        var relu = HandMadeModels.Elman(2, 3, 1, "ElmanRelu");
        ModelFile.Save(relu, HandMadeModels.Parameters(relu), path);

        var error = Assert.Throws<ModelFileException>(() => Load(HandMadeModels.Elman(2, 3, 1)));
        Assert.Contains("belongs to another model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_could_not_be_loaded_again_do_not_replace_those_that_can()
    {
        ModelFile.Save(Info, parameters, path);
        var broken = parameters.ToArray();
        broken[^1] = float.NaN;

        var error = Assert.Throws<ArgumentException>(() => ModelFile.Save(Info, broken, path));

        Assert.Contains("tensor 'dense.bias', element 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(parameters, Load());
    }

    [Fact]
    public void A_span_of_a_wrong_length_is_refused()
    {
        ModelFile.Save(Info, parameters, path);

        Assert.Throws<ArgumentException>(() => ModelFile.Save(Info, parameters.AsSpan(1), path));
        Assert.Throws<ArgumentException>(() => ModelFile.Load(Info, new float[parameters.Length + 1], path));
    }

    [Fact]
    public void The_fingerprint_knows_what_a_model_computes_and_not_what_it_is_called()
    {
        var model = HandMadeModels.Lstm(3, 5, 2);
        Assert.Equal(16, ModelFingerprint.Of(model).Length);
        Assert.Equal(ModelFingerprint.Of(model),
            ModelFingerprint.Of(HandMadeModels.Lstm(3, 5, 2) with { Name = "Other", Loss = LossKind.MeanSquaredError }));
        ModelInfo[] others = [HandMadeModels.Lstm(3, 5, 1), HandMadeModels.Lstm(3, 6, 2), HandMadeModels.Lstm(4, 5, 2),
            HandMadeModels.GruStack(3, 5, 2), model with { SoftmaxOutput = true }, WithCell(model, "Other.Lstm")];
        Assert.All(others, other => Assert.NotEqual(ModelFingerprint.Of(model), ModelFingerprint.Of(other)));
    }

    [Fact]
    public void A_file_of_another_activation_or_with_normalised_outputs_is_refused()
    {
        var model = HandMadeModels.Gru;
        var written = model with { Layers = [model.Layers[0], model.Layers[1] with { Cell = "Dense.Relu" }] };
        var numbers = HandMadeModels.Parameters(model);
        ModelFile.Save(written, numbers, path);

        ModelInfo[] others = [written with { SoftmaxOutput = true },
            written with { Layers = [model.Layers[0], model.Layers[1] with { Cell = "Dense.Tanh" }] }];
        Assert.All(others, other => Assert.Contains(
            "another model", Assert.Throws<ModelFileException>(() => ModelFile.Load(other, new float[numbers.Length], path)).Message,
            StringComparison.Ordinal));
        ModelFile.Load(written, new float[numbers.Length], path);
    }

    private static ModelInfo WithCell(ModelInfo model, string cell) =>
        model with { Layers = [.. model.Layers.Select(layer => layer with { Cell = cell })] };
}
