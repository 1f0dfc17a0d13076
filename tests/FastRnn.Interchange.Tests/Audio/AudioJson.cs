using System.Globalization;
using FastRnn.Interchange.Audio;
using FastRnn.Interchange.Files;
using FastRnn.Interchange.Tensors;
using FastRnn.Interchange.Tests.PyTorch;

namespace FastRnn.Interchange.Tests.Audio;

/// <summary>Writes and opens small models of audio players.</summary>
internal static class AudioJson
{
    /// <summary>Nested arrays of numbers that depend on the name and the place only.</summary>
    public static string Numbers(string name, params int[] shape)
    {
        var tensor = NamedTensor.Of(name, shape);
        var next = 0;
        return Nest(0);

        string Nest(int depth) => depth == shape.Length
            ? tensor.Values[next++].ToString("R", CultureInfo.InvariantCulture)
            : $"[{string.Join(", ", Enumerable.Range(0, shape[depth]).Select(_ => Nest(depth + 1)))}]";
    }

    /// <summary>RTNeural's form of Keras: an LSTM or a GRU and a dense layer, with whatever else stands beside.</summary>
    public static string Keras(string type, int inputs, int hidden, string beside = "", string activation = "tanh")
    {
        var gates = type == "lstm" ? 4 : 3;
        var bias = type == "lstm" ? Numbers("b", gates * hidden) : Numbers("b", 2, gates * hidden);
        return $$"""
            {
              "in_shape": [null, null, {{inputs}}], {{beside}}
              "layers": [
                {
                  "type": "{{type}}", "activation": "{{activation}}", "shape": [null, null, {{hidden}}],
                  "weights": [{{Numbers("k", inputs, gates * hidden)}}, {{Numbers("r", hidden, gates * hidden)}}, {{bias}}]
                },
                { "type": "dense", "activation": "", "shape": [null, null, 1], "weights": [{{Numbers("d", hidden, 1)}}, [0.25]] }
              ]
            }
            """;
    }

    /// <summary>Proteus' form of PyTorch.</summary>
    public static string Proteus(int hidden, string data) => $$"""
        {
          "model_data": { {{data}} },
          "state_dict": {
            "rec.weight_ih_l0": {{Numbers("k", 4 * hidden, 1)}}, "rec.weight_hh_l0": {{Numbers("r", 4 * hidden, hidden)}},
            "rec.bias_ih_l0": {{Numbers("b", 4 * hidden)}}, "rec.bias_hh_l0": {{Numbers("c", 4 * hidden)}},
            "lin.weight": {{Numbers("d", 1, hidden)}}, "lin.bias": [0.25]
          }
        }
        """;

    /// <summary>NAM's LSTM with weights that depend on their place only.</summary>
    public static string Nam(int hidden, int layers, int count, string architecture = "LSTM") => $$"""
        {
          "version": "0.5.4", "architecture": "{{architecture}}", "sample_rate": 48000,
          "config": { "input_size": 1, "hidden_size": {{hidden}}, "num_layers": {{layers}} },
          "weights": {{Numbers("nam", count)}}
        }
        """;

    public static IForeignModel Open(string json, AudioOptions? options = null)
    {
        using var file = new TempFile(System.Text.Encoding.UTF8.GetBytes(json), ".json");
        return AudioFile.Open(file.Path, options);
    }

    /// <summary>Runs one stream of one channel.</summary>
    public static double[] Run(IForeignModel model, params double[] x) =>
        model.Run(new Dictionary<string, Tensor> { ["x"] = new([1, x.Length, 1], x) })["y"].Values;
}
