using System.Runtime.InteropServices;

using FastRnn.Interchange.Onnx.Proto;

using Google.Protobuf;

namespace FastRnn.Benchmarks.Peers.OnnxRuntime;

/// <summary>Weights in int8 as ONNX Runtime's DynamicQuantizeLSTM takes them: [1, columns, rows], the transpose of ONNX's LSTM, with a
/// scale for each row of a gate and zero points of 0, so that the largest number of a row is 127 scales.</summary>
internal static class OnnxInt8
{
    /// <summary>The rounded weights.</summary>
    /// <param name="name">Of the tensor.</param>
    /// <param name="values">[rows, columns]</param>
    /// <param name="columns">Width of what they are multiplied with.</param>
    public static TensorProto Weights(string name, float[] values, int columns)
    {
        var scales = Scales(values, columns);
        var rounded = new sbyte[values.Length];
        for (var row = 0; row < scales.Length; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                rounded[(column * scales.Length) + row] = (sbyte)MathF.Round(values[(row * columns) + column] / scales[row]);
            }
        }

        return Tensor(name, rounded, 1, columns, scales.Length);
    }

    /// <summary>[rows]; a row of zeros has 1.</summary>
    public static float[] Scales(float[] values, int columns) =>
        [.. values.Chunk(columns).Select(row => row.Max(MathF.Abs) is > 0 and var largest ? largest / 127 : 1)];

    /// <summary>[1, rows] of 0.</summary>
    public static TensorProto ZeroPoints(string name, int rows) => Tensor(name, new sbyte[rows], 1, rows);

    private static TensorProto Tensor(string name, sbyte[] values, params ReadOnlySpan<long> shape)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Int8,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
        };
        tensor.Dims.AddRange(shape.ToArray());
        return tensor;
    }
}
