namespace FastRnn.Files;

/// <summary>Matrices of int8 numbers in a file: a tensor of I8, <c>[rows, columns]</c>, and behind its name and <c>.scale</c> a tensor of
/// F32, <c>[rows]</c>, by whose numbers its rows are multiplied.</summary>
internal static class Int8Tensors
{
    public const string Suffix = ".scale";

    private const int Piece = 4096;

    /// <summary>Whether a tensor may be one of these: a vector may not.</summary>
    public static bool IsMatrix(TensorEntry entry) => entry.Type == TensorType.I8 && entry.Shape.Count == 2;

    /// <summary>What is wrong with the scales of a matrix; null if nothing is, as far as the header says.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="scale">The tensor of its scales; null if there is none.</param>
    public static string? Problem(TensorEntry matrix, TensorEntry? scale)
    {
        var name = TensorMatch.Text(matrix.Name);
        return scale is null ? $"tensor '{name}': expected the scales of its I8 rows as '{name}{Suffix}', F32 [{matrix.Shape[0]}], got none"
            : scale.Type != TensorType.F32 || scale.Shape.Count != 1 || scale.Shape[0] != matrix.Shape[0]
            ? $"tensor '{name}{Suffix}': expected F32 [{matrix.Shape[0]}], got {scale.Type} {TensorEntry.Format(scale.Shape)}"
            : null;
    }

    /// <summary>Reads scales.</summary>
    /// <exception cref="ModelFileException">One of them is negative or not finite, or the file cannot be read.</exception>
    public static float[] ReadScales(SafeTensorsReader file, TensorEntry scale)
    {
        var scales = new float[scale.Count];
        file.Read<float>(scale, 0, scales);
        for (var row = 0; row < scales.Length; row++)
        {
            if (!(scales[row] >= 0 && float.IsFinite(scales[row])))
            {
                throw new ModelFileException(
                    file.Path, $"tensor '{scale.Name}', element {row}: expected a finite number of at least 0, got {scales[row]}");
            }
        }

        return scales;
    }

    /// <summary>Reads whole rows, multiplied by their scales.</summary>
    /// <param name="file">The file.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="scales">Those of all its rows.</param>
    /// <param name="first">The first element.</param>
    /// <param name="values">Receives as many elements as it is long.</param>
    public static void Read(SafeTensorsReader file, TensorEntry matrix, ReadOnlySpan<float> scales, long first, Span<float> values)
    {
        var columns = matrix.Shape[1];
        var buffer = new sbyte[Math.Min(Piece, values.Length)];
        for (var done = 0; done < values.Length; done += Piece)
        {
            var piece = buffer.AsSpan(0, Math.Min(Piece, values.Length - done));
            file.Read(matrix, first + done, piece);
            for (var i = 0; i < piece.Length; i++)
                values[done + i] = piece[i] * scales[(int)((first + done + i) / columns)];
        }
    }

    /// <summary>The upper half of the nearest bfloat16, ties to even; what would become infinite is cut off instead.</summary>
    public static ushort ToBFloat16(float number)
    {
        var bits = BitConverter.SingleToUInt32Bits(number);
        var rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
        return (ushort)((rounded & 0x7F80) == 0x7F80 ? bits >> 16 : rounded);
    }
}
