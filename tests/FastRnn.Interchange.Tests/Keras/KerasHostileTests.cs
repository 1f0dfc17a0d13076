using System.IO.Compression;
using System.Text;

using FastRnn.Interchange.Files;
using FastRnn.Interchange.Keras;

namespace FastRnn.Interchange.Tests.Keras;

/// <summary>Files that mean harm; those that are damaged by chance are in Mutants.</summary>
public class KerasHostileTests
{
    [Fact]
    public void A_member_that_grows_too_much_is_refused()
    {
        var bytes = KerasData.Zip(("metadata.json", "{}"u8.ToArray()), ("config.json", new byte[4 << 20]));
        Refused(bytes, "packed bytes cannot be");
    }

    [Fact]
    public void A_member_that_is_longer_than_the_directory_says_is_refused()
    {
        var bytes = KerasData.Zip(("metadata.json", "{}"u8.ToArray()), ("config.json", Encoding.UTF8.GetBytes(new string('x', 200))));
        var at = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        Assert.Equal(200, bytes[at + 24]);
        bytes[at + 24] = 100;
        Refused(bytes, "expected 100 bytes, got more");
    }

    [Fact]
    public void Two_members_of_one_name_are_refused() =>
        Refused(KerasData.Zip(("config.json", [1]), ("config.json", [2])), "two members 'config.json'");

    [Theory]
    [InlineData("../config.json")]
    [InlineData("/config.json")]
    [InlineData("a\\config.json")]
    public void Names_that_lead_elsewhere_are_refused(string name) => Refused(KerasData.Zip((name, [1])), "is no name of a member");

    [Fact]
    public void Too_many_members_are_refused() =>
        Refused(KerasData.Zip([.. Enumerable.Range(0, 5000).Select(i => ($"m{i}", Array.Empty<byte>()))]), "at most 4096 members");

    [Fact]
    public void A_missing_member_is_named() => Refused(KerasData.Zip(("metadata.json", "{}"u8.ToArray())), "expected 'config.json' in it");

    [Theory]
    [InlineData("[[[[[[[[")]
    [InlineData("{\"class_name\": 1}")]
    [InlineData("{\"a\": 1, \"a\": 2}")]
    [InlineData("{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"class_name\": \"LSTM\"}]}}")]
    [InlineData("{\"class_name\": \"Sequential\", \"config\": {\"layers\": []}}")]
    [InlineData("nonsense")]
    public void Declarations_that_are_none_are_refused(string config) => Refused(Archive(Encoding.UTF8.GetBytes(config)), "config.json");

    [Fact]
    public void A_deep_declaration_is_refused()
    {
        var inner = string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000);
        var deep = $$"""{"class_name": "Sequential", "config": {{inner}}}""";
        Refused(Archive(Encoding.UTF8.GetBytes(deep)), "is not valid JSON");
    }

    [Fact]
    public void Weights_alone_say_what_they_hold_and_what_is_missing()
    {
        var folder = Directory.CreateTempSubdirectory("fastrnn-keras-");
        try
        {
            var path = Path.Combine(folder.FullName, "some.weights.h5");
            File.WriteAllBytes(path, KerasData.Bytes("keras_lstm_dense.weights.h5"));
            var wrong = Assert.Throws<ForeignFileException>(() => KerasFile.Open(path)).Message;
            Assert.Contains("some.keras, some.json, config.json", wrong, StringComparison.Ordinal);
            Assert.Contains("/layers/lstm_1/cell/vars/0 [6, 20]", wrong, StringComparison.Ordinal);

            // A config.json and a metadata.json beside it are enough.
            File.WriteAllBytes(Path.Combine(folder.FullName, "config.json"), KerasData.Member("keras_lstm_dense.keras", "config.json"));
            Assert.Contains("unknown version", KerasFile.Open(path).Origin, StringComparison.Ordinal);
            File.WriteAllBytes(Path.Combine(folder.FullName, "metadata.json"), KerasData.Member("keras_lstm_dense.keras", "metadata.json"));
            Assert.Contains("3.16.0", KerasFile.OpenWeights(path).Origin, StringComparison.Ordinal);
            Assert.NotNull(KerasFile.OpenWeights(path, KerasData.PathOf("keras_lstm_dense.keras")).Understand(new Findings()));

            var findings = new Findings();
            Assert.Null(KerasFile.OpenWeights(path, KerasData.PathOf("keras_gru_after.keras")).Understand(findings));
            Assert.Contains(findings.Problems, p => p.Contains("/layers/gru/cell/vars", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Damaged_archives_are_refused_by_their_checksums()
    {
        var bytes = KerasData.Bytes("keras_simple_rnn.keras");
        var at = bytes.AsSpan().IndexOf("\u0089HDF"u8[1..]) + 3000;
        bytes[at] ^= 1;
        Refused(bytes, "it is damaged");
    }

    private static byte[] Archive(byte[] config, string model = "keras_lstm_dense") => KerasData.Zip(
        CompressionLevel.NoCompression,
        ("metadata.json", """{"keras_version": "3.15.0"}"""u8.ToArray()),
        ("config.json", config),
        ("model.weights.h5", KerasData.Member($"{model}.keras", "model.weights.h5")));

    private static void Refused(byte[] bytes, string message)
    {
        var wrong = Assert.Throws<ForeignFileException>(() => KerasData.Open(bytes));
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }
}
