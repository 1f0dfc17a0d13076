using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

using FastRnn.Files;
using FastRnn.Interchange.Keras;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.Keras;

/// <summary>The files of Data/keras, and variants of them: the same weights under another declaration or version.</summary>
internal static class KerasData
{
    public static readonly string[] Models =
    [
        "keras_lstm_dense", "keras_gru_after", "keras_gru_before", "keras_simple_rnn", "keras_bilstm", "keras_hard_sigmoid", "keras_mask",
        "keras_no_bias",
    ];

    public static readonly string[] Formats = [".keras", ".h5", ".weights.h5"];

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Data", "keras", file);

    public static byte[] Bytes(string file) => File.ReadAllBytes(PathOf(file));

    public static IEnumerable<object[]> AllFiles => Models.SelectMany(model => Formats.Select(format => new object[] { model, format }));

    public static Tensor Input(string model) => Read(model, "input.0");

    public static Tensor Output(string model) => Read(model, "output.0");

    public static IReadOnlyDictionary<string, Tensor> Ports(Tensor tensor) => new Dictionary<string, Tensor> { ["0"] = tensor };

    /// <summary>A member of a .keras file.</summary>
    public static byte[] Member(string file, string member)
    {
        using var archive = ZipFile.OpenRead(PathOf(file));
        using var stream = archive.GetEntry(member)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>A declaration.</summary>
    public static JsonNode Config(string model) => JsonNode.Parse(Member($"{model}.keras", "config.json"))!;

    /// <summary>Opens a model with another declaration.</summary>
    public static KerasFile OpenVariant(string model, Action<JsonNode> change, string? version = "3.16.0")
    {
        var config = Config(model);
        change(config);
        return Open(Zip(
            ("metadata.json", Encoding.UTF8.GetBytes(version is null ? "{}" : $$"""{"keras_version": "{{version}}"}""")),
            ("config.json", Encoding.UTF8.GetBytes(config.ToJsonString())),
            ("model.weights.h5", Member($"{model}.keras", "model.weights.h5"))));
    }

    public static byte[] Zip(params (string Name, byte[] Data)[] members) => Zip(CompressionLevel.Optimal, members);

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Data)[] members)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, data) in members)
            {
                using var stream = archive.CreateEntry(name, level).Open();
                stream.Write(data);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads bytes as a file.</summary>
    public static KerasFile Open(byte[] bytes) => KerasFile.Read("model.keras", bytes);

    /// <summary>A layer of a Sequential's declaration.</summary>
    public static JsonNode Layer(JsonNode config, int index) => config["config"]!["layers"]![index]!;

    public static double MostDifference(Tensor a, Tensor b)
    {
        Assert.Equal(a.Shape, b.Shape);
        return a.Values.Zip(b.Values, (x, y) => Math.Abs(x - y)).Max();
    }

    private static Tensor Read(string model, string name)
    {
        using var reader = SafeTensorsReader.Open(PathOf($"{model}.io.safetensors"));
        return Tensor.Of(SafeTensorsInput.Read(reader, reader.Find(name)!));
    }
}
