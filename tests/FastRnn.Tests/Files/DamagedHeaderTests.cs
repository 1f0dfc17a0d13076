using FastRnn.Files;

namespace FastRnn.Tests.Files;

/// <summary>Headers that somebody wrote to do harm, or in error.</summary>
public sealed class DamagedHeaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Message(string path)
    {
        var error = Assert.Throws<ModelFileException>(() => SafeTensorsReader.Open(path).Dispose());
        Assert.Equal(path, error.Path);
        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        return error.What;
    }

    [Fact]
    public void A_right_header_is_accepted()
    {
        var path = folder.Write(
            """{"b":{"shape":[2],"dtype":"F32","data_offsets":[8,16]},"__metadata__":{"k":"v"},"""
                + """ "a":{"dtype":"F64","shape":[],"data_offsets":[0,8]}}   """,
            new byte[16]);

        using var file = SafeTensorsReader.Open(path);

        Assert.Equal(["b", "a"], file.Tensors.Select(t => t.Name));
        Assert.Equal(1, file.Find("a")!.Count);
        Assert.Null(file.Find("c"));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { """{"w":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}""", "tensor 'w', dtype: expected one of" },
        { """{"w":{"dtype":"f32","shape":[2],"data_offsets":[0,8]}}""", "got 'f32'" },
        { """{"w":{"dtype":"11","shape":[2],"data_offsets":[0,8]}}""", "got '11'" },
        { """{"w":{"dtype":11,"shape":[2],"data_offsets":[0,8]}}""", "tensor 'w', dtype: expected a string, got 11" },
        { """{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "F32 [3] takes 12 bytes, but data_offsets span 8" },
        { """{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""",
            "tensor 'w', shape: expected whole numbers from 0 to 9223372036854775807, got -2" },
        { """{"w":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", "got -1" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[-0,8]}}""", "got -0" },
        { """{"w":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", "got 2.0" },
        { """{"w":{"dtype":"F32","shape":[1e0],"data_offsets":[0,8]}}""", "got 1e0" },
        { """{"w":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,8]}}""", "got 9223372036854775808" },
        { """{"w":{"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[0,8]}}""", "exceeds every file" },
        { """{"w":{"dtype":"F32","shape":[4611686018427387904,2],"data_offsets":[0,8]}}""", "exceeds every file" },
        { """{"w":{"dtype":"F32","shape":"2","data_offsets":[0,8]}}""", "tensor 'w', shape: expected an array, got a string" },
        { """{"w":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]}}""", "got an array" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "tensor 'w': data_offsets are reversed: [8, 0]" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]}}""", "tensor 'w', data_offsets: expected 2 numbers, got 3" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "got -8" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""",
            "tensor 'w': expected to end at byte 12 of the data, but the file holds 8" },
        { """{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
            "tensor 'w' leaves a gap behind the header: expected to begin at byte 0 of the data, got 4" },
        { """{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
            "behind tensor 'w': expected the file to end after 4 bytes of data, got 8" },
        { """{"v":{"dtype":"U8","shape":[5],"data_offsets":[0,5]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
            "tensor 'w' overlaps tensor 'v': expected to begin at byte 5 of the data, got 4" },
        { """{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""",
            "tensor 'w' overlaps tensor 'v'" },
        { """{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}""",
            "tensor 'w' overlaps tensor 'v'" },
        { """{"v":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
            "tensor 'w' leaves a gap behind tensor 'v'" },
        { """{"w":{"dtype":"F32","shape":[2]}}""", "tensor 'w': data_offsets is missing" },
        { """{"w":{"dtype":"F32","data_offsets":[0,8]}}""", "tensor 'w': shape is missing" },
        { """{"w":{"shape":[2],"data_offsets":[0,8]}}""", "tensor 'w': dtype is missing" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}""", "got 'x'" },
        { """{"w":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "tensor 'w', dtype: stands there twice" },
        { """{"w":{"dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]}}""", "tensor 'w', shape: stands there twice" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""",
            "the header has two entries 'w'" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"\u0077":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""",
            "the header has two entries 'w'" },
        { """{"__metadata__":{},"__metadata__":{}}""", "the header has two entries '__metadata__'" },
        { """{"__metadata__":{"k":"1","k":"2"}}""", "the metadata has two entries 'k'" },
        { """{"__metadata__":{"k":1}}""", "metadata 'k': expected a string, got 1" },
        { """{"__metadata__":null}""", "entry '__metadata__': expected an object, got null" },
        { """{"w":[]}""", "entry 'w': expected an object, got an array" },
        { """{"\ud800":{}}""", "half of a surrogate pair" },
        { """{"w\u001b[2J":{}}""", "tensor 'w?[2J': dtype is missing" },
        { "[]", "expected a JSON object that begins with '{' at once, got byte 0x5b" },
        { " {}", "got byte 0x20" },
        { "", "got nothing" },
        { "{", "not valid JSON" },
        { "{}}", "not valid JSON" },
        { "{} {}", "not valid JSON" },
        { "{}\0", "not valid JSON" },
        { "{/* */}", "not valid JSON" },
        { """{"w":{"dtype":"F32","shape":[2,],"data_offsets":[0,8]}}""", "not valid JSON" },
        { "{}", "behind the header: expected the file to end after 0 bytes of data, got 8" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_header_is_refused_and_the_message_says_where(string header, string expected) =>
        Assert.Contains(expected, Message(folder.Write(header, new byte[8])), StringComparison.Ordinal);

    [Theory]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    [InlineData((1UL << 63) - 1)]
    [InlineData(11)]
    public void A_header_longer_than_the_file_is_refused_before_memory_is_taken_for_it(ulong length) =>
        Assert.Contains($"expected at most 10 bytes, got a length of {length}", Message(folder.Write("{}", new byte[8], length)),
            StringComparison.Ordinal);

    [Fact]
    public void A_header_of_more_than_100_megabytes_is_refused_even_if_it_is_there()
    {
        var path = folder.Write("{}", [], 100_000_001);
        using (var stream = new FileStream(path, FileMode.Open))
            stream.SetLength(200_000_000);

        Assert.Contains("expected at most 100000000 bytes", Message(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_is_no_UTF8_is_refused()
    {
        var path = folder.Write("{}", []);
        File.WriteAllBytes(path, [7, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'"', 0xc3, (byte)'"', (byte)':', (byte)'1', (byte)'}']);

        Assert.Contains("not valid UTF-8", Message(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deeply_nested_header_is_refused() =>
        Assert.Contains(
            "expected an object, got an array", Message(folder.Write("{\"w\":" + new string('[', 100_000), [])), StringComparison.Ordinal);

    [Fact]
    public void A_name_that_fills_the_header_does_not_fill_the_message() =>
        Assert.InRange(Message(folder.Write("{\"" + new string('w', 100_000) + "\":1}", [])).Length, 100, 1_100);
}
