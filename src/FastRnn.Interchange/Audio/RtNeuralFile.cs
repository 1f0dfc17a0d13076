using System.Globalization;
using System.Text.Json;
using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Audio;

/// <summary>RTNeural's JSON in Keras' style, and AIDA-X' form of it: y = (g x + model(g x)) G, where <c>in_skip</c> says whether g x is
/// added, and <c>in_gain</c> and <c>out_gain</c> are g and G in dB (AIDA-X 1.1).</summary>
internal sealed class RtNeuralFile : IForeignModel
{
    private const double Silence = -90;
    private static readonly string[] AidaNames = ["in_skip", "in_gain", "out_gain", "input_batch", "metadata"];

    private readonly int inputSize;
    private readonly bool addsInput;
    private readonly double inputGain;
    private readonly double outputGain;
    private readonly double? rate;
    private readonly IReadOnlyList<KerasLayer> layers;
    private readonly List<string> problems = [];
    private readonly List<string> assumptions = [];

    private RtNeuralFile(JsonElement root)
    {
        var shape = JsonRead.Array(root.GetProperty("in_shape"), "in_shape");
        var rank = shape.GetArrayLength();
        if (rank is < 1 or > 4)
            throw new ForeignFileException($"in_shape: expected [null, null, I], got {rank} dimensions");
        inputSize = JsonRead.Whole(shape[rank - 1], "in_shape", 1, 1 << 20);
        var skip = JsonRead.Property(root, "in_skip") is { } value ? JsonRead.Whole(value, "in_skip", 0, int.MaxValue) : 0;
        addsInput = skip == 1;
        if (skip > 1)
            problems.Add($"in_skip is {skip}; expected 0 or 1, as in AIDA-X");
        inputGain = Gain(root, "in_gain");
        outputGain = Gain(root, "out_gain");
        layers = RtNeuralReader.Read(root.GetProperty("layers"), inputSize, problems, assumptions);
        CheckEnds();

        var isAida = AidaNames.Any(n => JsonRead.Property(root, n) is not null);
        rate = SampleRate.Find(root);
        Origin = "RTNeural JSON in Keras' style" + (isAida ? ", by AIDA-X" : "")
            + (rate is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {rate} Hz"));
        assumptions.Add(rate is null ? "no sample rate is told" : SampleRate.Say(rate.Value));
        assumptions.Add("sequences begin with states of zero");
        Tensors = [.. layers.SelectMany(layer => layer.Tensors).Select(t => t.Tensor)];
        TestVectors = Batches(root);
    }

    /// <inheritdoc/>
    public string Origin { get; }

    /// <inheritdoc/>
    public IReadOnlyList<TestVector> TestVectors { get; }

    /// <inheritdoc/>
    public IReadOnlyList<FileTensor> Tensors { get; }

    /// <summary>Reads a file that has <c>in_shape</c> and <c>layers</c>.</summary>
    public static RtNeuralFile Read(JsonElement root) => new(root);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (problems.Count > 0)
            throw new ForeignFileException($"it cannot be run: {string.Join("; ", problems.Take(10))}");
        var input = AudioSequence.Input(inputs, inputSize);
        var outputSize = layers[^1].OutputSize;
        var output = new Tensor([input.Shape[0], input.Shape[1], outputSize]);
        var model = new RtNeuralRun(layers);
        var sample = new double[inputSize];
        for (var step = 0; step < input.Shape[0] * input.Shape[1]; step++)
        {
            if (step % input.Shape[1] == 0)
                model.Reset();
            for (var k = 0; k < inputSize; k++)
                sample[k] = input.Values[(step * inputSize) + k] * inputGain;
            var y = model.Forward(sample);
            for (var k = 0; k < outputSize; k++)
                output.Values[(step * outputSize) + k] = (y[k] + (addsInput ? sample[k] : 0)) * outputGain;
        }

        return AudioSequence.Output(output);
    }

    /// <inheritdoc/>
    public Network? Understand(Findings findings)
    {
        findings.Add(problems, assumptions);
        if (findings.Problems.Count > 0)
            return null;

        var chain = new List<NetworkLayer>();
        if (inputGain != 1)
            chain.Add(new ScaleLayer("in_gain", inputGain));
        chain.AddRange(layers.Select(layer => RtNeuralNetwork.Layer(layer, findings)));
        if (addsInput)
            chain.Add(new SkipLayer("in_skip"));
        if (outputGain != 1)
            chain.Add(new ScaleLayer("out_gain", outputGain));
        if (chain.SkipLast(1).Any(layer => layer is SoftmaxLayer))
            findings.Problem("a softmax stands before the last layer");
        return findings.Problems.Count > 0
            ? null
            : new Network(chain, inputSize, AudioSequence.Signature with { SampleRate = rate });
    }

    // dB; AIDA-X takes -90 and less for silence.
    private static double Gain(JsonElement root, string name)
    {
        if (JsonRead.Property(root, name) is not { } value)
            return 1;
        var decibels = JsonRead.Number(value, name);
        if (decibels > 200)
            throw new ForeignFileException(string.Create(CultureInfo.InvariantCulture, $"{name}: expected dB up to 200, got {decibels}"));
        return decibels > Silence ? Math.Pow(10, decibels / 20) : 0;
    }

    private void CheckEnds()
    {
        if (!layers.Any(layer => layer is KerasRecurrent))
            problems.Add("there is no recurrent layer among layers");
        if (layers.Count == 0)
            return;
        if (addsInput && layers[^1].OutputSize > inputSize)
            problems.Add($"in_skip: the input has {inputSize} numbers and the output {layers[^1].OutputSize}");
        if (inputSize > 1 && inputGain != 1)
            problems.Add($"in_gain: AIDA-X multiplies the first of {inputSize} inputs alone, which are a signal and knobs");
    }

    // AIDA-X tests with gains of 1 and knobs at 0 (rt-neural-generic's testModel), so here the gains are taken back.
    private TestVector[] Batches(JsonElement root)
    {
        if (problems.Count > 0 || layers[^1].OutputSize != 1
            || JsonRead.Property(root, "input_batch") is not { } input || JsonRead.Property(root, "output_batch") is not { } output)
        {
            return [];
        }

        var (x, y) = (JsonRead.Tensor(input, "input_batch"), JsonRead.Tensor(output, "output_batch"));
        if (x.Count != y.Count || x.Count == 0)
        {
            throw new ForeignFileException(
                $"input_batch {x.ShapeText()} and output_batch {y.ShapeText()}: expected as many samples in both");
        }

        if (inputGain == 0 || outputGain == 0)
        {
            assumptions.Add("input_batch and output_batch test nothing, as a gain is silence");
            return [];
        }

        var samples = new Tensor([1, x.Count, inputSize]);
        var expected = new Tensor([1, x.Count, 1]);
        for (var i = 0; i < x.Count; i++)
        {
            samples.Values[i * inputSize] = x[i] / inputGain;
            expected.Values[i] = y[i] * outputGain;
        }

        return
        [
            new TestVector(
                "input_batch and output_batch",
                new Dictionary<string, Tensor> { [AudioSequence.InputName] = samples },
                new Dictionary<string, Tensor> { [AudioSequence.OutputName] = expected }),
        ];
    }
}
