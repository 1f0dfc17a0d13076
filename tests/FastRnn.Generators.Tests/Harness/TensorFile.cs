using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace FastRnn.Generators.Tests.Harness;

/// <summary>A safetensors file, written with nothing but the format's description.</summary>
internal sealed class TensorFile
{
    private readonly List<string> entries = [];
    private readonly List<byte> data = [];

    public TensorFile Add(string name, string type, long[] shape, byte[] bytes)
    {
        entries.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":[{string.Join(",", shape)}],"
            + $"\"data_offsets\":[{data.Count},{data.Count + bytes.Length}]}}"));
        data.AddRange(bytes);
        return this;
    }

    public TensorFile Add(string name, long[] shape, params float[] values)
    {
        var bytes = new byte[4 * values.Length];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return Add(name, "F32", shape, bytes);
    }

    /// <summary>Numbers that are all different.</summary>
    public TensorFile AddAny(string name, params long[] shape)
    {
        var random = new Random(entries.Count);
        return Add(name, shape,
            [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => (float)(random.NextDouble() - 0.5))]);
    }

    public TensorFile Metadata(string key, string value)
    {
        entries.Insert(0, $"\"__metadata__\":{{\"{key}\":\"{value}\"}}");
        return this;
    }

    public byte[] ToBytes() => Bytes("{" + string.Join(",", entries) + "}", [.. data]);

    public static byte[] Bytes(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + text.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        text.CopyTo(bytes, 8);
        data.CopyTo(bytes, 8 + text.Length);
        return bytes;
    }
}
