using System.Text;

using FastRnn.Cli;
using FastRnn.Files;
using FastRnn.Interchange.Certificates;
using FastRnn.Interchange.Tests.Import;
using FastRnn.Interchange.Tests.PyTorch;

namespace FastRnn.Interchange.Tests.Audio;

/// <summary>The rate for which an audio model was made is said wherever the model is.</summary>
public class SampleRateTests
{
    private const string ModelData = """
        "input_size": 1, "skip": 1, "output_size": 1, "unit_type": "LSTM", "num_layers": 1, "hidden_size": 4, "samplerate": "96000"
        """;

    [Fact]
    public void The_library_the_declaration_and_the_certificate_say_it()
    {
        using var file = Write(Nam(48000));
        using var imported = new Imported(file.Path);
        Assert.Equal(48000, imported.Foreign.SampleRate);
        Assert.Contains("It was made for 48000 samples a second.", imported.Declaration, StringComparison.Ordinal);
        Assert.Contains("48000 samples a second", imported.Foreign.Description[0], StringComparison.Ordinal);
        var certificate = imported.Certify();
        Assert.Contains("48000 samples a second", CertificateText.Markdown(certificate), StringComparison.Ordinal);
        Assert.Contains("\"sampleRate\": 48000", CertificateText.Json(certificate), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_format_has_its_place_for_it()
    {
        Assert.Equal(96000, RateOf(AudioJson.Proteus(4, ModelData)));
        Assert.Null(RateOf(AudioJson.Proteus(4, ModelData.Replace("\"samplerate\"", "\"rate\"", StringComparison.Ordinal))));
        Assert.Equal(44100, RateOf(Keras("\"metadata\": { \"samplerate\": \"44100\" }")));
        Assert.Equal(22050.5, RateOf(Keras("\"sample_rate\": 22050.5")));
        Assert.Null(RateOf(Keras("\"comment\": 1")));
        Assert.Null(RateOf(Nam(-1)));
    }

    [Fact]
    public void A_rate_that_is_none_is_refused()
    {
        var message = Assert.Throws<ForeignFileException>(() => RateOf(Nam(1e9))).Message;
        Assert.Contains("sample_rate: expected up to 10000000 Hz", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_says_it()
    {
        var folder = Directory.CreateTempSubdirectory("rate");
        try
        {
            using var file = Write(Nam(48000));
            var model = Path.Combine(folder.FullName, "Amp");
            var (code, text) = Run("import", file.Path, "--name", "Amp", "--out", model);
            Assert.True(code == 0, text);
            var input = Path.Combine(folder.FullName, "in.safetensors");
            using (var stream = File.Create(input))
                SafeTensorsWriter.Write(stream, [new TensorData("x", new float[5], [1, 5, 1])]);
            (code, text) = Run("run", model, "--input", input, "--output", Path.Combine(folder.FullName, "out.safetensors"));
            Assert.True(code == 0, text);
            Assert.Contains("made for 48000 samples a second", text, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double? RateOf(string json)
    {
        using var file = Write(json);
        return ForeignNetwork.Open(file.Path).SampleRate;
    }

    private static TempFile Write(string json) => new(Encoding.UTF8.GetBytes(json), ".json");

    // One layer: W [4 H, 1 + H], b [4 H], h, c, and the head [1, H] with its bias.
    private static string Nam(double rate) => AudioJson.Nam(3, 1, (12 * 4) + 12 + 6 + 4).Replace(
        "\"sample_rate\": 48000", FormattableString.Invariant($"\"sample_rate\": {rate}"), StringComparison.Ordinal);

    private static string Keras(string more)
    {
        var json = AudioJson.Keras("lstm", 1, 3);
        return json[..json.LastIndexOf('}')] + ", " + more + "}";
    }

    private static (int Code, string Text) Run(params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var code = Program.Run(args, output, error, CancellationToken.None);
        return (code, Encoding.UTF8.GetString(output.ToArray()) + error);
    }
}
