using System.Globalization;

using FastRnn.Files;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.PyTorch;

/// <summary>What PyTorch computed, in double precision, of a packed batch of sequences of different lengths: see
/// <c>make_ragged_golden.py</c>, <c>make_head_golden.py</c> for several inputs and heads, and <c>make_step_golden.py</c> for input
/// feeding and zoneout.</summary>
internal sealed class RaggedGoldenCase
{
    private readonly Dictionary<string, float[]> given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> solved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<long>> shapes = new(StringComparer.Ordinal);
    private readonly int[] lengths, sourceLengths;

    private RaggedGoldenCase(string name, IStructuredModel model)
    {
        Model = model;
        using var file = SafeTensorsReader.Open(GoldenCase.PathOf(name));
        lengths = Lengths("lengths");
        sourceLengths = model.Info.Source is null ? [] : Lengths("source_lengths");
        foreach (var tensor in file.Tensors)
        {
            shapes.Add(tensor.Name, tensor.Shape);
            if (tensor.Type == TensorType.F32)
                file.Read(tensor, 0, (given[tensor.Name] = new float[tensor.Count]).AsSpan());
            else
                file.Read(tensor, 0, (solved[tensor.Name] = new double[tensor.Count]).AsSpan());
        }

        int[] Lengths(string key) => [.. file.Metadata[key].Split(' ').Select(each => int.Parse(each, CultureInfo.InvariantCulture))];
    }

    public static IReadOnlyDictionary<string, string> Models { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ragged_lstm_1x2"] = nameof(BidirectionalLstm),
        ["ragged_lstm_2x2"] = nameof(BidirectionalLstmStack),
        ["ragged_gru_1x2"] = nameof(BidirectionalGru),
        ["ragged_gru_2x2"] = nameof(BidirectionalGruStack),
        ["ragged_gru_1x1"] = nameof(LossOnTheCell),
        ["ragged_heads"] = nameof(ThreeHeads),
        ["ragged_fed"] = nameof(FedTranslator),
        ["ragged_held"] = nameof(HeldForecast),
    };

    public IStructuredModel Model { get; }

    public StructuredBatch Batch => new()
    {
        Info = Model.Info,
        Lengths = lengths,
        SourceLengths = sourceLengths,
        SourceTokens = Integers("source_tokens"),
        X = given.GetValueOrDefault("x", []),
        Targets = given.GetValueOrDefault("targets", []),
        Weights = given["weights"],
        Tokens = Integers("tokens"),
        TargetTokens = Integers("target_tokens"),
    };

    /// <summary>Whether training, unlike what PyTorch computed, draws something.</summary>
    public bool Draws => StructuredModels.Has(Model.Info.Name, TestTraits.Draws);

    public double Loss => solved["loss"][0];

    public double[] Outputs => solved["y"];

    public static RaggedGoldenCase Load(string name) => new(name, StructuredModels.Of(Models[name]));

    private int[] Integers(string name) => given.TryGetValue(name, out var values) ? Array.ConvertAll(values, value => (int)value) : [];

    /// <summary>The weights in canonical order, second biases added.</summary>
    public float[] Parameters()
    {
        var parameters = new float[Model.Info.ParameterCount];
        foreach (var tensor in ModelTensors.Of(Model.Info))
        {
            Assert.Equal(tensor.Shape, shapes[tensor.Name]);
            var at = 0;
            foreach (var part in tensor.Parts)
            {
                for (var i = 0; i < part.Count; i++, at++)
                    parameters[part.Offset + i] += given[tensor.Name][at];
            }
        }

        return parameters;
    }

    /// <summary>The gradients in canonical order; a second bias has the gradient of the first.</summary>
    public double[] Gradients()
    {
        var gradients = new double[Model.Info.ParameterCount];
        foreach (var tensor in ModelTensors.Of(Model.Info))
        {
            var at = 0;
            foreach (var part in tensor.Parts)
            {
                solved["grad." + tensor.Name].AsSpan(at, part.Count).CopyTo(gradients.AsSpan(part.Offset));
                at += part.Count;
            }
        }

        return gradients;
    }
}
