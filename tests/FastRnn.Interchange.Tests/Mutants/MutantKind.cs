using FastRnn.Interchange.Tests.Audio;
using FastRnn.Interchange.Tests.Import;
using FastRnn.Interchange.Tests.Keras;
using FastRnn.Interchange.Tests.PyTorch;

namespace FastRnn.Interchange.Tests.Mutants;

/// <summary>A kind of file: whole ones, and how they are damaged.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Seeds">Whole files.</param>
/// <param name="Change">Damages one.</param>
internal sealed record MutantKind(string Name, IReadOnlyList<MutantSeed> Seeds, Func<Random, byte[], byte[]> Change)
{
    private static readonly NamedTensor[] Tensors =
    [
        NamedTensor.Of("rnn.weight_ih_l0", 12, 2), NamedTensor.Of("rnn.weight_hh_l0", 12, 3), NamedTensor.Of("rnn.bias_ih_l0", 12),
        NamedTensor.Of("rnn.bias_hh_l0", 12), NamedTensor.Of("fc.weight", 1, 3), NamedTensor.Of("fc.bias", 1),
    ];

    private static readonly string Container = $$"""
        {
          "version": "0.7.0", "architecture": "SlimmableContainer", "weights": [], "sample_rate": 48000,
          "config": { "submodels": [
            { "max_value": 0.5, "model": {{AudioJson.Nam(2, 1, 39)}} }, { "max_value": 1.0, "model": {{AudioJson.Nam(3, 1, 70)}} } ] }
        }
        """;

    /// <summary>All kinds that are read.</summary>
    public static IReadOnlyDictionary<string, Func<MutantKind>> All { get; } = new Dictionary<string, Func<MutantKind>>
    {
        ["onnx"] = () => new(
            "onnx",
            [.. Files(".onnx").Select(Onnx)], (random, bytes) => new MessageMutator(random).Change(bytes)),
        ["keras"] = () => new("keras", [.. Files(".keras").Select(path => MutantSeed.Of(path)), Functional("keras_bilstm")], Archive),
        ["h5"] = () => new("h5", [.. Files(".h5").Where(path => !IsWeights(path)).Select(path => MutantSeed.Of(path))], Hdf),
        ["weights.h5"] = () => new(
            "weights.h5",
            [
                .. Files(".h5").Where(IsWeights)
                    .Select(path => MutantSeed.Of(path, path.Replace(".weights.h5", ".keras", StringComparison.Ordinal))),
            ],
            Hdf),
        ["torch.save"] = () => new(
            "torch.save", [.. Files(".pt").Select(path => MutantSeed.Of(path)), new("small.pt", TensorFiles.Torch(Tensors))], Archive),
        ["safetensors"] = () => new(
            "safetensors",
            [
                .. Files(".safetensors").Where(path => !path.EndsWith(".io.safetensors", StringComparison.Ordinal))
                    .Select(path => MutantSeed.Of(path)),
                new("small.safetensors", TensorFiles.SafeTensors(Tensors)),
            ],
            (random, bytes) => new MemberMutator(random).SafeTensors(bytes)),
        ["dat"] = () => new(
            "dat",
            [
                .. Files(".dat").Select(path => MutantSeed.Of(path)),
                new("small.dat", TensorFiles.Dat(Tensors)) { Options = new() { LastStep = true, OutputActivation = "sigmoid" } },
                new("tokens.dat", TensorFiles.Dat([NamedTensor.Of("embedding.weight", 7, 2), .. Tensors])),
            ],
            (random, bytes) => new ByteMutator(random).Change(bytes)),
        ["RTNeural"] = () => Json(
            "RTNeural", ".json", AudioJson.Keras("lstm", 2, 3), AudioJson.Keras("gru", 1, 4), StateDict(AudioJson.Proteus(2, Unit(2)))),
        ["AIDA-X"] = () => Json(
            "AIDA-X", ".aidax",
            AudioJson.Keras(
                "lstm", 1, 2,
                """
                "in_skip": 1, "in_gain": 3, "input_batch": [1, 2], "output_batch": [1, 2], "metadata": { "samplerate": "48000" },
                """)),
        ["Proteus"] = () => Json("Proteus", ".json", AudioJson.Proteus(2, Unit(2)), AudioJson.Proteus(4, Unit(4))),
        ["NAM"] = () => Json("NAM", ".nam", AudioJson.Nam(2, 2, 83), AudioJson.Nam(2, 1, 39), Container),
    };

    private static IEnumerable<string> Files(string ending) =>
        Directory.EnumerateFiles(Imported.Data(""), "*" + ending, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static MutantSeed Onnx(string path) => MutantSeed.Of(path, File.Exists(path + ".data") ? [path + ".data"] : []) with
    {
        Inputs = Imported.Vectors(Imported.VectorsOf(path), "input."),
    };

    private static bool IsWeights(string path) => path.EndsWith(".weights.h5", StringComparison.Ordinal);

    private static byte[] Archive(Random random, byte[] bytes) => new ZipMutator(random, new MemberMutator(random).Change).Change(bytes);

    private static byte[] Hdf(Random random, byte[] bytes) => new MemberMutator(random).Hdf(bytes);

    private static MutantSeed Functional(string model)
    {
        var config = KerasData.Config(model);
        KerasVariants.MakeFunctional(config);
        return new("functional.keras", KerasData.Zip(
            ("metadata.json", """{"keras_version": "3.15.0"}"""u8.ToArray()),
            ("config.json", System.Text.Encoding.UTF8.GetBytes(config.ToJsonString())),
            ("model.weights.h5", KerasData.Member($"{model}.keras", "model.weights.h5"))));
    }

    // RTNeural's form of PyTorch is what Proteus wraps.
    private static string StateDict(string proteus) =>
        "{" + proteus[proteus.IndexOf("\"rec.", StringComparison.Ordinal)..proteus.LastIndexOf('}')];

    private static string Unit(int hidden) => $"\"unit_type\": \"LSTM\", \"hidden_size\": {hidden}, \"skip\": 1";

    private static MutantKind Json(string name, string ending, params string[] texts) => new(
        name, [.. texts.Select((text, i) => new MutantSeed($"seed{i}{ending}", System.Text.Encoding.UTF8.GetBytes(text)))],
        (random, bytes) => new TextMutator(random).Change(bytes));
}
