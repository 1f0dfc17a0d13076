namespace FastRnn.Files;

/// <summary>Reads numbers of any floating-point type into single precision.</summary>
internal static class TensorConversion
{
    private const int Piece = 4096;

    public static bool CanRead(TensorType type) =>
        type is TensorType.F32 or TensorType.F64 or TensorType.F16 or TensorType.BF16;

    /// <summary>Reads as many elements as <paramref name="values"/> is long, from element <paramref name="first"/> on.</summary>
    public static void Read(SafeTensorsReader file, TensorEntry tensor, long first, Span<float> values)
    {
        switch (tensor.Type)
        {
            case TensorType.F32:
                file.Read(tensor, first, values);
                break;
            case TensorType.F64:
                Convert<double>(file, tensor, first, values, static v => (float)v);
                break;
            case TensorType.F16:
                Convert<Half>(file, tensor, first, values, static v => (float)v);
                break;
            case TensorType.BF16:
                Convert<ushort>(file, tensor, first, values, static v => BitConverter.UInt32BitsToSingle((uint)v << 16));
                break;
            default:
                throw new ArgumentException($"tensor '{tensor.Name}' is {tensor.Type}", nameof(tensor));
        }
    }

    private static void Convert<T>(SafeTensorsReader file, TensorEntry tensor, long first, Span<float> values, Func<T, float> convert)
        where T : unmanaged
    {
        var buffer = new T[Math.Min(Piece, values.Length)];
        for (var done = 0; done < values.Length; done += Piece)
        {
            var piece = buffer.AsSpan(0, Math.Min(Piece, values.Length - done));
            file.Read(tensor, first + done, piece);
            for (var i = 0; i < piece.Length; i++)
                values[done + i] = convert(piece[i]);
        }
    }
}
