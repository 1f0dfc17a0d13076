using FastRnn.Files;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Files;

/// <summary>Weights under the names of other programs: what is said is read, and nothing is guessed.</summary>
public sealed class TensorNamesTests : IDisposable
{
    private static readonly ModelInfo Info = HandMadeModels.Gru;
    private readonly TemporaryFolder folder = new();
    private readonly string path;
    private readonly float[] parameters = HandMadeModels.Parameters(Info);

    public TensorNamesTests() => path = folder.File("foreign.safetensors");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Recurrent_layers_are_counted_by_themselves_and_files_that_counted_dense_ones_are_read()
    {
        var model = new DenseInTheMiddle(seed: 1);
        Assert.Equal(
            ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "dense0.weight", "dense0.bias",
                "weight_ih_l1", "weight_hh_l1", "bias_ih_l1", "bias_hh_l1", "dense1.weight", "dense1.bias"],
            ModelTensors.Of(DenseInTheMiddle.Info).Select(tensor => tensor.Name));
        model.Save(path);
        using (var file = SafeTensorsReader.Open(path))
        {
            var tensors = file.Tensors.Select(tensor =>
            {
                var values = new float[tensor.Count];
                file.Read(tensor, 0, values.AsSpan());
                return new TensorData("net." + tensor.Name.Replace("_l1", "_l2", StringComparison.Ordinal), values, [.. tensor.Shape]);
            }).Where(tensor => tensor.Name != "net.bias_hh_l2").ToList();
            var earlier = folder.File("earlier");
            AtomicFile.Write(earlier, stream => SafeTensorsWriter.Write(stream, tensors, file.Metadata));
            using var loaded = DenseInTheMiddle.Load(earlier, new TensorNames { Prefix = "net." });
            Bits.AssertSame("parameters", model.Parameters, loaded.Parameters);
        }

        // Of today's names one is missing, and no others are there: that is no file of another numbering.
        Assert.Equal(["weight_ih_l1"], EarlierNames.Of(ModelTensors.Of(OneHotIntoDense.Info)).Keys.Where(name =>
            name.StartsWith("weight_ih", StringComparison.Ordinal)));
        Assert.Empty(EarlierNames.Of(ModelTensors.Of(EmbeddedText.Info)));
    }

    [Fact]
    public void A_prefix_stands_before_each_name()
    {
        Write(name => "module." + name);
        Assert.Equal(parameters, Load(new() { Prefix = "module." }));
    }

    [Fact]
    public void Names_are_mapped_whole_or_behind_the_prefix()
    {
        // torch.nn.GRUCell has no number of a layer.
        Write(name => name.StartsWith("dense", StringComparison.Ordinal) ? "head" + name[5..]
            : "net.cell." + name.Replace("_l0", "", StringComparison.Ordinal));
        var map = new Dictionary<string, string>
        {
            ["net.cell.weight_ih"] = "weight_ih_l0",
            ["weight_hh"] = "weight_hh_l0",
            ["bias_ih"] = "bias_ih_l0",
            ["bias_hh"] = "bias_hh_l0",
            ["head.weight"] = "dense.weight",
            ["head.bias"] = "dense.bias",
        };
        Assert.Equal(parameters, Load(new() { Prefix = "net.cell.", Map = map }));
    }

    [Fact]
    public void Other_tensors_may_be_allowed_and_are_named()
    {
        Write(name => name, new("step", new float[] { 1 }), new("optimizer.m", new float[] { 2 }));
        var loaded = new float[Info.ParameterCount];
        var result = ModelFile.Load(Info, loaded, path, new() { AllowExtra = true });
        Assert.Equal(["step", "optimizer.m"], result.ExtraTensors);
        Assert.Equal(ModelFingerprint.Of(Info), result.Metadata[ModelFingerprint.MetadataKey]);
        Assert.Equal(parameters, loaded);
        Assert.StartsWith("tensors 'step', 'optimizer.m' are unknown to the model: expected embedding.weight, ", Refusal(new()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_is_loaded_with_its_second_bias_added()
    {
        AtomicFile.Write(path, stream => SafeTensorsWriter.Write(stream,
        [
            new("rnn.weight_ih", Enumerable.Repeat(0.5f, 35).ToArray(), 5, 7), new("rnn.weight_hh", new float[25], 5, 5),
            new("rnn.bias_ih", new float[] { 1, 2, 3, 4, 5 }), new("rnn.bias_hh", new float[] { 0.25f, 0, 0, 0, 0 }),
        ]));
        var names = new TensorNames
        {
            Prefix = "rnn.",
            Map = new[] { "weight_ih", "weight_hh", "bias_ih", "bias_hh" }.ToDictionary(name => name, name => name + "_l0"),
        };
        using var model = Elman_I7_H5.Load(path, names);
        Assert.Equal([1.25f, 2, 3, 4, 5], model.Parameter(0, "b"));
        Assert.Contains("'weight_ih_l0' [5, 7], 'weight_hh_l0' [5, 5], 'bias_ih_l0' [5] are missing",
            Assert.Throws<ModelFileException>(() => Elman_I7_H5.Load(path)).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("module.", false)]
    [InlineData("model.lstm.", true)]
    public void A_prefix_that_all_names_have_is_told(string prefix, bool hasMore)
    {
        Write(name => prefix + name, hasMore ? [new("fc.weight", new float[] { 1 })] : []);
        var what = Refusal(new());
        Assert.Contains("tensors 'embedding.weight' [4, 2], 'weight_ih_l0' [9, 2], 'weight_hh_l0' [9, 3], 'bias_ih_l0' [9], "
            + "'bias_hh_l0' [9] and 2 more are missing", what, StringComparison.Ordinal);
        Assert.Contains($"all of them are there behind the prefix '{prefix}': pass new TensorNames {{ Prefix = \"{prefix}\""
            + $"{(hasMore ? ", AllowExtra = true" : "")} }}", what, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prefix_that_nothing_has_is_told()
    {
        Write(name => name);
        Assert.Contains("all of them are there without a prefix: pass new TensorNames { Prefix = \"\" }",
            Refusal(new() { Prefix = "module." }), StringComparison.Ordinal);
    }

    [Fact]
    public void No_prefix_is_told_if_one_is_not_behind_it()
    {
        Write(name => name == "dense.bias" ? "bias" : "module." + name);
        Assert.DoesNotContain("prefix", Refusal(new()), StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        Write(name => name switch { "dense.bias" => "fc.bias", "bias_hh_l0" => "b", _ => name },
            [new("dense.weight", new float[6], 3, 2), new("bias_ih_l0", new long[9], 9)]);
        Assert.Equal("tensors 'bias_hh_l0' [9], 'dense.bias' [2] are missing; "
            + "tensor 'dense.weight': expected the shape [2, 3], got [3, 2]; "
            + "tensor 'bias_ih_l0': expected F32 (or F64, F16, BF16), got I64; "
            + "tensors 'b', 'fc.bias' are unknown to the model: expected embedding.weight, weight_ih_l0, weight_hh_l0, bias_ih_l0, "
            + "bias_hh_l0, dense.weight, dense.bias", Refusal(new()));
    }

    [Fact]
    public void What_is_mapped_has_to_be_there_once_and_to_be_the_models()
    {
        Write(name => name, new TensorData("fc.bias", new float[] { 1, 2 }));
        var once = new Dictionary<string, string> { ["fc.bias"] = "dense.bias" };
        Assert.StartsWith("tensors 'fc.bias' and 'dense.bias' are both 'dense.bias'", Refusal(new() { Map = once, AllowExtra = true }),
            StringComparison.Ordinal);
        var absent = new Dictionary<string, string> { ["fc.bais"] = "dense.bias" };
        Assert.StartsWith("tensor 'fc.bais' is mapped, and not in the file", Refusal(new() { Map = absent, AllowExtra = true }),
            StringComparison.Ordinal);
        var foreign = new Dictionary<string, string> { ["fc.bias"] = "head.bias" };
        Assert.Contains("'fc.bias' is to be 'head.bias', which is no tensor of the model", Assert.Throws<ArgumentException>(
            () => Load(new() { Map = foreign })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_any_length_give_a_message_that_can_be_read()
    {
        var tensors = Enumerable.Range(0, 3000).Select(i => new TensorData(
            new string('x', 1000) + i + "weight_ih_l0", new float[] { 1 })).ToArray();
        AtomicFile.Write(path, stream => SafeTensorsWriter.Write(stream, tensors));
        var what = Refusal(new());
        Assert.True(what.Length < 1100, what);
        Assert.Contains("and 2995 more are unknown", what, StringComparison.Ordinal);
    }

    private float[] Load(TensorNames names)
    {
        var loaded = new float[Info.ParameterCount];
        Assert.Empty(ModelFile.Load(Info, loaded, path, names).ExtraTensors);
        return loaded;
    }

    private string Refusal(TensorNames names)
    {
        var untouched = new float[Info.ParameterCount];
        var error = Assert.Throws<ModelFileException>(() => ModelFile.Load(Info, untouched, path, names));
        Assert.All(untouched, p => Assert.Equal(0, p));
        return error.What;
    }

    /// <summary>The model's tensors under other names; some of them replaced, and others added.</summary>
    private void Write(Func<string, string> rename, params TensorData[] others)
    {
        var own = folder.File("own.safetensors");
        ModelFile.Save(Info, parameters, own);
        using var file = SafeTensorsReader.Open(own);
        var tensors = others.ToDictionary(tensor => tensor.Name);
        foreach (var tensor in file.Tensors)
        {
            var values = new float[tensor.Count];
            file.Read(tensor, 0, values);
            tensors.TryAdd(rename(tensor.Name), new(rename(tensor.Name), values, [.. tensor.Shape]));
        }

        AtomicFile.Write(path, stream => SafeTensorsWriter.Write(stream, [.. tensors.Values], file.Metadata));
    }
}
