extern alias runtime;

using System.Text;

using FastRnn.Generators.Tests.Harness;
using FastRnn.Generators.Weights;

namespace FastRnn.Generators.Tests.Weights;

/// <summary>Files from an untrusted source.</summary>
public sealed class BrokenFileTests
{
    private const string Good = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    [Fact]
    public void A_broken_file_is_reported_with_what_is_wrong() => Assert.Contains(
        "expected at least 8 bytes, got 3", WeightsCase.Check("FRNN073", [1, 2, 3]).Message(), StringComparison.Ordinal);

    [Fact]
    public void A_good_file_is_read()
    {
        var file = SafeTensors.Parse(TensorFile.Bytes(
            """{ "__metadata__" : {"k\u00e9\ud83d\ude00\n" : "\"v\/\\"}, "b":{"shape":[],"dtype":"U8","data_offsets":[8,9]},"""
            + """ "a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]} }""" + "\t\r\n  ", new byte[9]));

        Assert.Equal(["b", "a"], file.Tensors.Select(t => t.Name));
        Assert.Equal("\"v/\\", file.Metadata["ké😀\n"]);
        Assert.Equal(0, file.Find("a")!.Begin);
        Assert.Null(file.Find("c"));
    }

    [Theory]
    [InlineData("", "begins with '{'")]
    [InlineData(" " + Good, "begins with '{'")]
    [InlineData("[]", "begins with '{'")]
    [InlineData("{", "expected '\"'")]
    [InlineData(Good + "x", "something stands behind it")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""",
        "two entries 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},}""", "expected '\"'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"dtype":"F32"}}""", "each once, got 'dtype'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}""", "got 'x'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "expected dtype, shape and two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}""", "expected dtype, shape and two data_offsets")]
    [InlineData("""{"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}""", "got 'F33'")]
    [InlineData("""{"a":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}""", "expected '\"'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[02],"data_offsets":[0,8]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", "expected ']'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2e0],"data_offsets":[0,8]}}""", "expected ']'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,8]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "does not take the 8 bytes")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,0],"data_offsets":[0,8]}}""", "does not take the 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "expected to end from byte 0 to 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "expected to begin at byte 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "expected the file to end after 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        "tensor 'b': expected to begin at byte 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[8,0]}}""", "expected to begin at byte 0")]
    [InlineData("""{"__metadata__":{"a":1}}""", "expected '\"'")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "two entries 'a'")]
    [InlineData("""{"\ud800":{}}""", "surrogate")]
    [InlineData("""{"\x":{}}""", "unknown escape")]
    [InlineData("""{"\u12""", "unknown escape")]
    [InlineData("""{"\u+123":{}}""", "unknown escape")]
    [InlineData("{\"a\nb\":{}}", "control character")]
    [InlineData("""{"a""", "ends too early")]
    public void A_header_is_what_it_must_be(string header, string what) =>
        Assert.Contains(what, Assert.Throws<BrokenFileException>(() => SafeTensors.Parse(TensorFile.Bytes(header, new byte[8]))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_header_is_UTF8()
    {
        var bytes = TensorFile.Bytes(Good, new byte[8]);
        bytes[10] = 0xff;
        Assert.Contains("UTF-8", Assert.Throws<BrokenFileException>(() => SafeTensors.Parse(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_longer_than_the_file_is_not_asked_for()
    {
        byte[] bytes = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, .. Encoding.ASCII.GetBytes(Good)];
        Assert.Contains(
            "18446744073709551615", Assert.Throws<BrokenFileException>(() => SafeTensors.Parse(bytes)).Message, StringComparison.Ordinal);
    }

    /// <summary>A million brackets are no deeper than one: what is no header ends at the first of them.</summary>
    [Fact]
    public void Depth_costs_nothing() => Assert.Throws<BrokenFileException>(
        () => SafeTensors.Parse(TensorFile.Bytes("{\"a\":" + new string('{', 1_000_000), [])));

    /// <summary>The checksum is the one that the runtime writes. A changed byte of its own name does not switch it off.</summary>
    [Fact]
    public void A_file_of_the_runtime_has_a_checksum_and_a_changed_byte_is_noticed()
    {
        var written = new MemoryStream();
        var numbers = Enumerable.Range(0, 23).Select(i => i / 7f).ToArray();
        runtime::FastRnn.Files.SafeTensorsWriter.Write(written, [new("a", numbers.AsMemory(0, 20), 4, 5), new("b", numbers.AsMemory(20))]);
        var good = written.ToArray();
        var file = SafeTensors.Parse(good);
        Assert.Contains("fastrnn.checksum", file.Metadata.Keys);
        for (var i = 0; i < good.Length; i++)
        {
            foreach (var bits in (byte[])[1, 0x20, 0x80])
            {
                var bytes = good.ToArray();
                bytes[i] ^= bits;
                var message = Assert.Throws<BrokenFileException>(() => SafeTensors.Parse(bytes)).Message;
                if (i >= file.DataBegin)
                    Assert.Contains("fastrnn.checksum", message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>A compiler's messages come to a terminal, and what a file calls its tensors is anybody's.</summary>
    [Fact]
    public void A_name_steers_no_terminal_and_does_not_fill_it()
    {
        Assert.Contains("'w?[2J?'", WeightsCase.Check("FRNN073", TensorFile.Bytes("""{"w\u001b[2J\n":{}}""", [])).Message(),
            StringComparison.Ordinal);
        Assert.InRange(WeightsCase.Check("FRNN073", TensorFile.Bytes("{\"" + new string('w', 100_000) + "\":{}}", [])).Message().Length,
            1_000, 1_200);
    }

    [Fact]
    public void A_reserved_text_that_nothing_writes_is_refused()
    {
        Assert.Contains("metadata 'fastrnn.nodel' is unknown",
            WeightsCase.Check("FRNN073", WeightsCase.File.Metadata("fastrnn.nodel", "").ToBytes()).Message(), StringComparison.Ordinal);
        Assert.Null(MetadataKeys.FindUnknown(["fastrnn.loop.version", "fastrnn.run.seed", "fastrnn", "author"]));
    }

    /// <summary>The generator refers to nothing of the runtime: it has the names once more.</summary>
    [Fact]
    public void Reserved_texts_are_those_of_the_runtime()
    {
        Assert.Equal(OfRuntime("Known").Order(StringComparer.Ordinal), MetadataKeys.Known.Order(StringComparer.Ordinal));
        Assert.Equal(OfRuntime("Families"), MetadataKeys.Families);

        static IEnumerable<string> OfRuntime(string property) => Assert.IsType<IEnumerable<string>>(
            typeof(runtime::FastRnn.Files.SafeTensorsWriter).Assembly.GetType("FastRnn.Files.MetadataKeys")!.GetProperty(property)!
                .GetValue(null), exactMatch: false);
    }

    /// <summary>A file is either right or broken, whatever happened to its bytes.</summary>
    [Fact]
    public void Damaged_bytes_never_do_anything_else()
    {
        var random = new Random(5);
        var good = WeightsCase.File.Metadata("k", "v").ToBytes();
        var (right, broken) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = good.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(random.Next(2) == 0 ? 256 : 128);
            if (random.Next(10) == 0)
                bytes = bytes[..random.Next(bytes.Length)];
            try
            {
                SafeTensors.Parse(bytes);
                right++;
            }
            catch (BrokenFileException)
            {
                broken++;
            }
        }

        Assert.True(right > 0 && broken > 5_000, $"{right} right, {broken} broken");
    }
}
