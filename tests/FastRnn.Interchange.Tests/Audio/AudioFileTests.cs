using FastRnn.Interchange.Files;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.Audio;

public class AudioFileTests
{
    [Fact]
    public void A_file_of_no_known_kind_is_refused_with_what_it_holds()
    {
        var message = Assert.Throws<ForeignFileException>(() => AudioJson.Open("{\"nodes\": [], \"rate\": 48000}")).Message;
        Assert.Contains("nodes (array), rate (number)", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "got an empty one")]
    [InlineData(" ", "JSON")]
    [InlineData("[1, 2]", "object")]
    [InlineData("{\"a\": 1, \"a\": 2}", "JSON")]
    [InlineData("{\"lstm.weight_hh_l0\": [[1, 2], [3]]}", "lstm.weight_hh_l0")]
    [InlineData("{\"lstm.weight_hh_l0\": [[1e999]]}", "lstm.weight_hh_l0")]
    [InlineData("{\"lstm.weight_hh_l0\": [[[[[1]]]]]}", "dimensions")]
    [InlineData("{\"\\ud800.weight_hh_l0\": [[1]]}", "surrogate")]
    public void Damaged_files_are_refused(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<ForeignFileException>(() => AudioJson.Open(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Deeply_nested_files_are_refused() =>
        Assert.Throws<ForeignFileException>(() => AudioJson.Open("{\"a\":" + new string('[', 100_000)));

    [Fact]
    public void Files_with_more_values_than_real_ones_are_refused()
    {
        var message = Assert.Throws<ForeignFileException>(() => AudioJson.Open("{\"a\":[" + new string(',', 4_000_000))).Message;
        Assert.Contains("values", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_copies_are_read_or_refused()
    {
        const string Aida = """
            "in_skip": 1, "in_gain": 3, "input_batch": [1, 2], "output_batch": [1, 2], "metadata": { "samplerate": "48000" },
            """;
        const string Proteus = """
            "unit_type": "LSTM", "hidden_size": 2, "skip": 1
            """;
        string[] files =
            [AudioJson.Keras("lstm", 1, 2, Aida), AudioJson.Keras("gru", 2, 2), AudioJson.Proteus(2, Proteus), AudioJson.Nam(2, 2, 73)];
        const string Signs = "[]{},:\"0123456789.-eE \\ntul";
        var random = new Random(5);
        foreach (var file in files)
        {
            for (var i = 0; i < 400; i++)
            {
                var damaged = file.ToCharArray();
                for (var k = random.Next(1, 4); k > 0; k--)
                    damaged[random.Next(damaged.Length)] = Signs[random.Next(Signs.Length)];
                Try(new string(damaged));
            }
        }
    }

    private static void Try(string json)
    {
        try
        {
            var model = AudioJson.Open(json);
            if (model.Understand(new Findings()) is { } network)
                model.Run(new Dictionary<string, Tensor> { ["x"] = new([1, 2, network.InputSize]) });
        }
        catch (ForeignFileException)
        {
        }
    }
}
