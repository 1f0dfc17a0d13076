using System.Globalization;

namespace FastRnn.Generators.Weights;

/// <summary>Matrices of int8 numbers in a file, with the scales of their rows: the rules of the runtime's class of this name.</summary>
internal static class Int8Tensors
{
    private const string Suffix = ".scale";

    /// <summary>Whether a tensor may be one of these: a vector may not.</summary>
    public static bool IsMatrix(TensorEntry entry) => entry.Type == "I8" && entry.Shape.Count == 2;

    /// <summary>The scales of a tensor that is such a matrix; null if there are none, or that name is one of the model's own.</summary>
    public static TensorEntry? FindScale(SafeTensors file, HashSet<string> known, string name) =>
        file.Find(name) is { } entry && IsMatrix(entry) && !known.Contains(name + Suffix) ? file.Find(name + Suffix) : null;

    /// <summary>What is wrong with scales; null if nothing is, as far as the header says.</summary>
    public static string? Problem(SafeTensors file, HashSet<string> known, TensorEntry entry)
    {
        var scale = known.Contains(entry.Name + Suffix) ? null : file.Find(entry.Name + Suffix);
        if (!IsMatrix(entry))
        {
            return scale is null
                ? null
                : $"tensor '{scale.Name}': expected the scales of a matrix of I8, which is {entry.Type}";
        }

        var rows = TensorEntry.Format([entry.Shape[0]]);
        return scale is null ? $"tensor '{entry.Name}': expected the scales of its I8 rows as '{entry.Name}{Suffix}', F32 {rows}, got none"
            : scale.Type != "F32" || scale.Shape.Count != 1 || scale.Shape[0] != entry.Shape[0]
            ? $"tensor '{scale.Name}': expected F32 {rows}, got {scale.Type} {TensorEntry.Format(scale.Shape)}"
            : null;
    }

    /// <summary>The first scale that is negative or not finite, as a sentence; null if all are right.</summary>
    public static string? WrongScale(byte[] bytes, SafeTensors file, TensorEntry matrix)
    {
        var scales = Scales(bytes, file, matrix);
        var row = Array.FindIndex(scales, scale => !(scale >= 0 && TensorNumbers.IsFinite(scale)));
        return row < 0 ? null : string.Format(
            CultureInfo.InvariantCulture, "tensor '{0}{1}', element {2}: expected a finite number of at least 0, got {3}", matrix.Name,
            Suffix, row, scales[row]);
    }

    /// <summary>All numbers, multiplied by the scales of their rows.</summary>
    public static float[] Read(byte[] bytes, SafeTensors file, TensorEntry matrix)
    {
        var scales = Scales(bytes, file, matrix);
        var columns = (int)matrix.Shape[1];
        var begin = file.DataBegin + (int)matrix.Begin;
        var numbers = new float[scales.Length * columns];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (sbyte)bytes[begin + i] * scales[i / columns];
        }

        return numbers;
    }

    private static float[] Scales(byte[] bytes, SafeTensors file, TensorEntry matrix)
    {
        var scale = file.Find(matrix.Name + Suffix)!;
        return TensorNumbers.Read(bytes, file.DataBegin + (int)scale.Begin, scale.Type, (int)scale.Shape[0]);
    }
}
