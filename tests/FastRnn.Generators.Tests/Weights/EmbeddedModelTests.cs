extern alias runtime;

using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;

using FastRnn.Generators.Analysis;
using FastRnn.Generators.Tests.Fuzz;
using FastRnn.Generators.Tests.Harness;
using FastRnn.Generators.Weights;

using ModelInfo = runtime::FastRnn.ModelInfo;
using runtime::FastRnn.Files;

namespace FastRnn.Generators.Tests.Weights;

/// <summary>Models of many shapes, compiled with weights and held against <c>Load</c> of the same file: all parameters, and the panels that
/// kernels read, bit for bit.</summary>
public sealed class EmbeddedModelTests
{
    private const string Check = """

        public static class Check
        {
            public static string Run(string path)
            {
                foreach (var width in new[] { FastRnn.SimdWidth.Bits128, FastRnn.SimdWidth.Bits256, FastRnn.SimdWidth.Bits512 })
                {
                    using M loaded = M.Load(path, width), embedded = new M(width);
                    var (expected, got) = (Outputs(loaded), Outputs(embedded));
                    var problem = Difference("output", expected, got) ?? Difference("parameter", loaded.Parameters, embedded.Parameters);
                    if (problem is not null) return $"{width}: {problem}";
                }

                return "";
            }

            private static string? Difference(string what, System.ReadOnlySpan<float> expected, System.ReadOnlySpan<float> got)
            {
                if (expected.Length != got.Length) return $"{got.Length} numbers, not {expected.Length}";
                for (var i = 0; i < expected.Length; i++)
                    if (System.BitConverter.SingleToInt32Bits(expected[i]) != System.BitConverter.SingleToInt32Bits(got[i]))
                        return $"{what} {i} is {got[i]}, not {expected[i]}";
                return null;
            }

            private static float[] Outputs(M model)
            {
                const int Steps = 3;
                using var session = model.CreateSession();
                var outputs = new float[Steps * M.Info.OutputSize];
                @RUN@
                return outputs;
            }

            private static float[] Numbers(int count)
            {
                var numbers = new float[count];
                for (var i = 0; i < count; i++) numbers[i] = (i % 7 - 3) * 0.3f;
                return numbers;
            }
        }
        """;

    private const string Vectors = "session.Run(Numbers(Steps * M.Info.InputSize), outputs);";

    /// <summary>Vectors, whose sum begins an accumulator, are not to be had from it; a learned first state is in no panel: such layers lie
    /// in the order of their parameters.</summary>
    private const string TwoBiases = """
        [Cell]
        public sealed partial class TwoBiases
        {
            private readonly Mat<Hidden, Input> W;
            private readonly Mat<Hidden, Hidden> U;
            private readonly Vec<Hidden> b, c, d;
            public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) { h = Tanh(W * x + b + U * h + c) * d; return h; }
        }
        """;

    public static IEnumerable<(string Text, string Run)> Models()
    {
        var random = new Random(12);
        for (var i = 0; i < 7; i++)
        {
            var (cell, own) = RandomCell.WriteSmooth(random, "C");
            var layer = $"Layer<C>({1 + random.Next(40)}{string.Concat(Enumerable.Range(0, own).Select(_ => $", {1 + random.Next(33)}"))})";
            yield return ($"{cell}\n[Model, Input({1 + random.Next(18)}), {layer}, {layer}, Dense(5), "
                + "WEIGHTS] public sealed partial class M;", Vectors);
        }

        // Each is written in two formats: neighbours are.
        foreach (var model in Structures().SelectMany(model => new[] { model, model }))
        {
            yield return model;
        }
    }

    private static IEnumerable<(string Text, string Run)> Structures()
    {
        yield return (TwoBiases + "[Model, Input(3), Layer<TwoBiases>(5), Dense(21), WEIGHTS] public sealed partial class M;", Vectors);
        yield return (Sources.Lstm
            + "[Model, Input(3), Layer<Lstm>(5, InitialState = InitialState.Learned), Dropout(0.5), Layer<Lstm>(9), "
                + "WEIGHTS] public sealed partial class M;", Vectors);
        yield return (Sources.Lstm
            + "[Model, Embedding(Vocabulary = 7, Size = 3), Layer<Lstm>(50), Dense(7), WEIGHTS] public sealed partial class M;",
            "session.Run(new[] { 1, 6, 0 }, outputs);");
        yield return (Sources.Lstm
            + "[Model, Embedding(Vocabulary = 7, Size = 3), Input(2), Embedding(Vocabulary = 4, Size = 5), Layer<Lstm>(9), "
                + "Output(\"a\"), Dense(7), MeanSquaredError, Output(\"b\"), Dense(2), SoftmaxCrossEntropy, "
                + "WEIGHTS] public sealed partial class M;",
            "session.Run(Numbers(Steps * 2), new[] { 1, 3, 6, 0, 0, 2 }, outputs);");
        yield return (Sources.Elman + "[Model, OneHot(Vocabulary = 7), Layer<Elman>(21), Dense(7), WEIGHTS] public sealed partial class M;",
            "session.Run(new[] { 1, 6, 0 }, outputs);");
    }

    [Fact]
    public void Embedded_weights_are_those_of_the_file()
    {
        (string Format, int Width)[] formats =
        [
            ("Float32", 256), ("BFloat16", 256), ("Float32", 512), ("Float32", 0), ("BFloat16", 0), ("Float32", 128), ("BFloat16", 512),
            ("Int8", 0),
        ];
        using var files = new TemporaryFiles();
        var models = Models().ToList();
        var sources = models.Select((model, i) =>
        {
            var (format, width) = formats[i % formats.Length];
            var attribute =
                $"Weights(\"{i}.safetensors\", Format = WeightFormat.{format}, Width = {width.ToString(CultureInfo.InvariantCulture)})";
            var text = model.Text.Replace("WEIGHTS", attribute, StringComparison.Ordinal);
            return $"{Compile.Usings}namespace N{i} {{\n{text}\n{Check.Replace("@RUN@", model.Run, StringComparison.Ordinal)}\n}}";
        }).ToList();
        var texts = models.Select((model, i) =>
            files.Add($"{i}.safetensors", File(model.Text, formats[i % formats.Length].Format, hasIntegers: i % 2 == 1))).ToList();
        Compile.Driver(track: false, texts)
            .RunGeneratorsAndUpdateCompilation(Compile.Library("EmbeddedModels", sources), out var compilation, out var problems);
        Assert.Empty(problems);
        var assembly = Load(compilation);
        for (var i = 0; i < models.Count; i++)
        {
            var problem = assembly.GetType($"N{i}.Check")!.GetMethod("Run")!.Invoke(null, [files.PathOf($"{i}.safetensors")]);
            Assert.True((string)problem! is "", $"{problem} in\n{models[i].Text}");
        }
    }

    [Fact]
    public void The_fingerprint_is_that_of_the_runtime()
    {
        string[] models =
        [
            .. Models().Distinct().Select(model => model.Text.Replace(", WEIGHTS", "", StringComparison.Ordinal)),
            Sources.Elman + Sources.Translate.Replace("TranslateModel", "M", StringComparison.Ordinal),
            Sources.Elman
            + "[Model, Input(3), Condition(2, ConditionTarget.State), Dropout(0.5), Layer<Elman>(4, InitialState = InitialState.Zero), "
                + "Pool(Pooling.Last), Dense(2, Activation = DenseActivation.Softmax)] public sealed partial class M;",
            Sources.Elman
            + "[Model, Encoder, OneHot(Vocabulary = 3), Embedding(Vocabulary = 5, Size = 2), Layer<Elman>(4), Decoder, Input(2), "
                + "Embedding(Vocabulary = 3, Size = 1), Layer<Elman>(4), Dense(2)] public sealed partial class M;",
            Sources.Elman
            + "[Model, Encoder, Input(3), Layer<Elman>(4, RecurrentDropout = 0.5), Decoder(Handover = Handover.States), Input(2), "
                + "Layer<Elman>(4), Attention(AttentionScore.ScaledDot), Dense(2)] public sealed partial class M;",
            Sources.Elman
            + "[Model, Input(3), Layer<Elman>(4, InitialState = InitialState.Random, Bidirectional = true, Merge = Merge.Sum), "
                + "Dropout(0.1), Dense(2, Activation = DenseActivation.Relu)] public sealed partial class M;",
        ];
        var sources = models.Select((model, i) => $"{Compile.Usings}namespace N{i} {{\n{model}\n}}");
        Compile.Driver(track: false, widths: Compile.OneWidth)
            .RunGeneratorsAndUpdateCompilation(Compile.Library("Fingerprints", sources), out var compilation, out var problems);
        Assert.Empty(problems);
        var assembly = Load(compilation);
        for (var i = 0; i < models.Length; i++)
        {
            var info = (ModelInfo)assembly.GetType($"N{i}.M")!.GetProperty("Info")!.GetValue(null)!;
            Assert.True(ModelFingerprint.Of(info) == Fingerprint.Of(Graph($"namespace N{i} {{\n{models[i]}\n}}")), models[i]);
        }
    }

    private static ModelGraph Graph(string text) => Pipeline.Model(text);

    /// <summary>Numbers that are all different; for a comparison with a format that rounds, numbers that it does not round.</summary>
    private static byte[] File(string model, string format, bool hasIntegers)
    {
        var isRounded = format == "BFloat16";
        var random = new Random(3);
        var file = new TensorFile();
        foreach (var tensor in ModelTensor.Of(Graph(model.Replace(", WEIGHTS", "", StringComparison.Ordinal))))
        {
            var count = tensor.Parts.Sum(p => p.Count);
            if (tensor.Shape.Count == 2 && !isRounded && hasIntegers)
            {
                AddIntegers(file, tensor, random);
                continue;
            }

            var isExact = !isRounded || tensor.Shape.Count == 1;
            file.Add(tensor.Name, [.. tensor.Shape], [
                .. Enumerable.Range(0, count).Select(_ => isExact ? (float)(random.NextDouble() - 0.5) : (random.Next(511) - 255) / 256f)]);
        }

        return file.ToBytes();
    }

    /// <summary>Each row has a 127, and scales have few bits: so int8 does not round them again.</summary>
    private static void AddIntegers(TensorFile file, ModelTensor tensor, Random random)
    {
        var integers = new byte[tensor.Shape[0] * tensor.Shape[1]];
        random.NextBytes(integers);
        for (var i = 0; i < integers.Length; i++)
            integers[i] = i % tensor.Shape[1] == 0 ? (byte)127 : integers[i] == 128 ? (byte)0 : integers[i];

        file.Add(tensor.Name, "I8", [.. tensor.Shape], integers).Add($"{tensor.Name}.scale", [tensor.Shape[0]], [
            .. Enumerable.Range(0, (int)tensor.Shape[0]).Select(_ => (1 + random.Next(1 << 16)) / 16777216f)]);
    }

    private static Assembly Load(Microsoft.CodeAnalysis.Compilation compilation)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Take(5)));
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }
}
