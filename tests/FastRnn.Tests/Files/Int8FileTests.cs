using FastRnn.CompilerServices;
using FastRnn.Files;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Files;

/// <summary>Files whose matrices have fewer bits. What is refused is in <see cref="Int8FileRefusalTests"/>.</summary>
public sealed class Int8FileTests : IDisposable
{
    private const int Steps = 6;

    private readonly TemporaryFolder folder = new();
    private readonly string path;

    public Int8FileTests() => path = folder.File("model.safetensors");

    /// <summary>Stacks, dense layers, embeddings, tokens that select columns, many matrices, equations without matrices.</summary>
    public static TheoryData<string> Models =>
    [
        nameof(LargeText), nameof(LargeStack), nameof(DenseAlone), nameof(MixedStack), nameof(OneHotText), nameof(TwelveGates_I5_H35),
        nameof(LayerNormLstm_L2), nameof(ProjectedLstm_L2), nameof(Jordan_L2), nameof(IndRnn_L2), nameof(GruResetBefore_L2),
    ];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_of_an_int8_file_has_the_int8_sessions_of_the_original(string name)
    {
        var model = TestModels.Of(name);
        foreach (var batch in (int[])[1, 3])
        {
            var experiment = Experiment.Random(model.Info, Steps, batch, seed: 8);
            ModelFile.Save(model.Info, experiment.Parameters, path, format: WeightFormat.Int8);
            var loaded = experiment.With(Load(model.Info));
            Bits.AssertSame(
                "outputs", model.Infer(experiment, [Steps], weights: WeightFormat.Int8).Outputs,
                model.Infer(loaded, [Steps], weights: WeightFormat.Int8).Outputs);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Its_numbers_are_integers_times_scales_and_saved_again_the_same_bytes(string name)
    {
        var info = TestModels.Of(name).Info;
        var parameters = Experiment.Random(info, 1, 1, seed: 3).Parameters;
        ModelFile.Save(info, parameters, path, format: WeightFormat.Int8);
        var first = File.ReadAllBytes(path);
        var loaded = Load(info);

        Assert.Equal(Rounded(info, parameters), loaded);
        ModelFile.Save(info, loaded, path, format: WeightFormat.Int8);
        Assert.Equal(first, File.ReadAllBytes(path));

        ModelFile.Save(info, loaded, path);
        Assert.Equal(loaded, Load(info));
    }

    [Fact]
    public void Floats_stand_in_front_and_a_matrix_takes_a_quarter()
    {
        ModelFile.Save(LargeText.Info, new LargeText(seed: 1).Parameters, path);
        var floats = new FileInfo(path).Length;
        new LargeText(seed: 1).Save(path, format: WeightFormat.Int8);
        Assert.InRange(new FileInfo(path).Length, floats / 4, floats * 3 / 10);

        using var file = SafeTensorsReader.Open(path);
        var types = file.Tensors.Select(tensor => tensor.Type).ToList();
        Assert.Equal([TensorType.F32, TensorType.I8], types.Distinct());
        Assert.Equal(TensorType.F32, file.Find("embedding.weight")!.Type);
        Assert.All(file.Tensors.Where(tensor => tensor.Type == TensorType.I8), tensor => Assert.Equal(
            [tensor.Shape[0]], file.Find(tensor.Name + ".scale")!.Shape));
    }

    [Fact]
    public void A_bfloat16_file_has_the_upper_halves()
    {
        var info = LargeText.Info;
        var parameters = new LargeText(seed: 1).Parameters.ToArray();
        ModelFile.Save(info, parameters, path, format: WeightFormat.BFloat16);
        var loaded = Load(info);
        var changed = 0;
        for (var i = 0; i < loaded.Length; i++)
        {
            changed += loaded[i] == parameters[i] ? 0 : 1;
            Assert.InRange(Math.Abs(loaded[i] - parameters[i]), 0, Math.Abs(parameters[i]) / 256);
        }

        Assert.InRange(changed, loaded.Length / 2, loaded.Length);
        ModelFile.Save(info, loaded, path, format: WeightFormat.BFloat16);
        Assert.Equal(loaded, Load(info));
    }

    /// <summary>As PyTorch's own modules of weights are called in another module.</summary>
    [Fact]
    public void Scales_follow_their_tensors_under_other_names()
    {
        var info = LargeText.Info;
        ModelFile.Save(info, new LargeText(seed: 1).Parameters, path, format: WeightFormat.Int8);
        var expected = Load(info);
        var tensors = new List<TensorData>();
        using (var file = SafeTensorsReader.Open(path))
            tensors.AddRange(file.Tensors.Select(tensor => FileEdit.Copy(file, tensor, Renamed(tensor.Name))));

        AtomicFile.Write(path, stream => SafeTensorsWriter.Write(stream, [.. tensors, new("other.scale", new float[3])]));
        var loaded = new float[info.ParameterCount];
        var names = new TensorNames
        {
            Prefix = "a.",
            Map = new Dictionary<string, string> { ["head"] = "dense.weight" },
            AllowExtra = true,
        };
        Assert.Equal(["other.scale"], ModelFile.Load(info, loaded, path, names).ExtraTensors);
        Assert.Equal(expected, loaded);

        static string Renamed(string name) =>
            name.StartsWith("dense.weight", StringComparison.Ordinal) ? "head" + name["dense.weight".Length..] : "a." + name;
    }

    [Fact]
    public void A_format_that_is_none_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => ModelFile.Save(LargeText.Info, new LargeText(seed: 1).Parameters, path, format: (WeightFormat)7));

    [Theory]
    [InlineData(float.MaxValue)]
    [InlineData(-float.MaxValue)]
    [InlineData(float.Epsilon)]
    public void The_largest_and_the_smallest_numbers_stay_finite(float number)
    {
        var info = LargeText.Info;
        var parameters = new float[info.ParameterCount];
        Array.Fill(parameters, number);
        foreach (var format in Enum.GetValues<WeightFormat>())
        {
            ModelFile.Save(info, parameters, path, format: format);
            Assert.All(Load(info), loaded => Assert.Equal(number, loaded, Math.Max(1e-38f, Math.Abs(number) / 127)));
        }
    }

    private float[] Load(ModelInfo info)
    {
        var loaded = new float[info.ParameterCount];
        ModelFile.Load(info, loaded, path);
        return loaded;
    }

    /// <summary>The definition: a row's scale, and the nearest integers.</summary>
    private static float[] Rounded(ModelInfo info, float[] parameters)
    {
        var rounded = parameters.ToArray();
        foreach (var layer in info.Layers)
        {
            foreach (var parameter in layer.Parameters.Where(parameter => Int8Layout.IsRounded(layer, parameter)))
            {
                for (var row = 0; row < parameter.Rows; row++)
                {
                    var values = rounded.AsSpan(layer.ParameterOffset + parameter.Offset + (row * parameter.Columns), parameter.Columns);
                    var most = 0f;
                    foreach (var value in values)
                        most = Math.Max(most, Math.Abs(value));

                    // To 17 bits: what an integer of 7 bits makes of it is a float.
                    var exponent = Math.Pow(2, Math.Floor(Math.Log2(most / 127)) - 16);
                    var scale = (float)(Math.Round((float)(most / 127) / exponent, MidpointRounding.AwayFromZero) * exponent);
                    foreach (ref var value in values)
                        value = scale == 0 ? 0 : (float)Math.Round(value / scale, MidpointRounding.ToEven) * scale;
                }
            }
        }

        return rounded;
    }
}
