using FastRnn.Files;

namespace FastRnn.Tests.Files;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Write(params TensorData[] tensors)
    {
        var path = folder.File("written.safetensors");
        using var stream = File.Create(path);
        SafeTensorsWriter.Write(stream, tensors, new Dictionary<string, string> { ["b"] = "ü\"\n", ["a"] = "" });
        return path;
    }

    [Fact]
    public void What_was_written_is_read_bit_for_bit()
    {
        float[] singles = [1.5f, -0f, float.NaN, float.MaxValue, float.Epsilon, 7];
        double[] doubles = [Math.PI];
        long[] longs = [long.MinValue, -1, long.MaxValue];
        ulong[] unsigned = [ulong.MaxValue, 0];
        var path = Write(
            new("w", singles, 2, 3), new("d", doubles), new("empty", ReadOnlyMemory<float>.Empty, 0, 5), new("l", longs),
            new("ü", unsigned, 1, 2, 1));

        using var file = SafeTensorsReader.Open(path);
        Assert.Equal(["w", "d", "empty", "l", "ü"], file.Tensors.Select(t => t.Name));
        Assert.Equal([TensorType.F32, TensorType.F64, TensorType.F32, TensorType.I64, TensorType.U64], file.Tensors.Select(t => t.Type));
        Assert.Equal([2, 3], file.Find("w")!.Shape);
        Assert.Equal([0, 5], file.Find("empty")!.Shape);
        Assert.Equal([1, 2, 1], file.Find("ü")!.Shape);
        Assert.Equal("ü\"\n", file.Metadata["b"]);
        Assert.Equal("", file.Metadata["a"]);
        Assert.Equal(singles.Select(BitConverter.SingleToUInt32Bits), Read<float>(file, "w").Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(doubles, Read<double>(file, "d"));
        Assert.Equal(longs, Read<long>(file, "l"));
        Assert.Equal(unsigned, Read<ulong>(file, "ü"));
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        var path = Write(new TensorData("w", new float[] { 1, 2 }, 1, 2));

        var bytes = File.ReadAllBytes(path);
        var length = BitConverter.ToInt32(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(8 + length + 8, bytes.Length);
        var header = System.Text.Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' ');
        const string Key = "\"fastrnn.checksum\":\"";
        var digits = header.Substring(header.IndexOf(Key, StringComparison.Ordinal) + Key.Length, 32);
        Assert.All(digits, digit => Assert.True(char.IsAsciiHexDigitLower(digit) || char.IsAsciiDigit(digit)));
        Assert.Equal(
            """{"__metadata__":{"a":"","b":"\u00FC\u0022\n","fastrnn.checksum":"DIGITS"},"""
                .Replace("DIGITS", digits, StringComparison.Ordinal)
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}", header);
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0x40], bytes[^8..]);
    }

    [Fact]
    public void A_part_of_a_tensor_can_be_read()
    {
        using var file = SafeTensorsReader.Open(Write(new("a", new float[] { 9 }), new("w", new float[] { 1, 2, 3, 4 })));
        var part = new float[2];

        file.Read(file.Find("w")!, 1, part);

        Assert.Equal([2, 3], part);
        Assert.Throws<ArgumentException>(() => file.Read(file.Find("w")!, 3, part));
        Assert.Throws<ArgumentException>(() => file.Read(file.Find("w")!, -1, part));
        Assert.Throws<ArgumentException>(() => file.Read(file.Find("w")!, 0, new double[1]));
    }

    [Fact]
    public void Names_that_cannot_be_written_are_refused()
    {
        var tensor = new TensorData("w", new float[] { 1 });
        using var stream = new MemoryStream();

        Assert.Throws<ArgumentException>(() => SafeTensorsWriter.Write(stream, [tensor, tensor]));
        Assert.Throws<ArgumentException>(() => SafeTensorsWriter.Write(stream, [new TensorData("__metadata__", new float[] { 1 })]));
        Assert.Equal(0, stream.Length);
    }

    [Theory]
    [InlineData(3L)]
    [InlineData(2L, 2L)]
    [InlineData(-1L, -2L)]
    [InlineData(0L)]
    public void A_shape_that_does_not_fit_its_numbers_is_refused(params long[] shape) =>
        Assert.Throws<ArgumentException>(() => new TensorData("w", new float[] { 1, 2 }, shape));

    private static T[] Read<T>(SafeTensorsReader file, string name)
        where T : unmanaged
    {
        var tensor = file.Find(name)!;
        var values = new T[tensor.Count];
        file.Read(tensor, 0, values);
        return values;
    }
}
