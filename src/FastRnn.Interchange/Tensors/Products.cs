using System.Numerics;

namespace FastRnn.Interchange.Tensors;

/// <summary>Products in double with numbers that may be of single precision, which are widened in registers: weights of millions of numbers
/// are never in memory as doubles.</summary>
internal static class Products
{
    // Of a tensor in any other type, so many numbers are converted at a time.
    private const int Piece = 256;

    /// <summary>The sum of the products of a row and a vector of its length.</summary>
    public static double Dot(ReadOnlySpan<double> row, ReadOnlySpan<double> x)
    {
        var sums = Vector<double>.Zero;
        var i = 0;
        for (; i <= row.Length - Vector<double>.Count; i += Vector<double>.Count)
            sums += new Vector<double>(row[i..]) * new Vector<double>(x[i..]);
        var sum = Vector.Sum(sums);
        for (; i < row.Length; i++)
            sum += row[i] * x[i];
        return sum;
    }

    /// <summary>The sum of the products of a row and a vector of its length.</summary>
    public static double Dot(ReadOnlySpan<float> row, ReadOnlySpan<double> x)
    {
        var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(row[i..]), out var first, out var second);
            low += first * new Vector<double>(x[i..]);
            high += second * new Vector<double>(x[(i + Vector<double>.Count)..]);
        }

        var sum = Vector.Sum(low + high);
        for (; i < row.Length; i++)
            sum += row[i] * x[i];
        return sum;
    }

    /// <summary>The sum of the products of a vector and as many numbers of a file's tensor, from one on.</summary>
    public static double Dot(this FileTensor tensor, int first, ReadOnlySpan<double> x)
    {
        if (tensor.Singles is { Length: > 0 } singles)
            return Dot(singles.Slice(first, x.Length), x);
        Span<double> row = stackalloc double[Piece];
        double sum = 0;
        for (var i = 0; i < x.Length; i += Piece)
        {
            var part = row[..Math.Min(Piece, x.Length - i)];
            tensor.CopyTo(first + i, part);
            sum += Dot(part, x.Slice(i, part.Length));
        }

        return sum;
    }

    /// <summary>Adds a multiple of a row to sums of its length.</summary>
    public static void AddMultiple(ReadOnlySpan<double> row, double factor, Span<double> sums)
    {
        var factors = new Vector<double>(factor);
        var i = 0;
        for (; i <= row.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(sums[i..]) + (factors * new Vector<double>(row[i..]))).CopyTo(sums[i..]);
        for (; i < row.Length; i++)
            sums[i] += factor * row[i];
    }

    /// <summary>Adds a multiple of numbers of a file's tensor, from one on, to as many sums.</summary>
    public static void AddMultiple(this FileTensor tensor, int first, double factor, Span<double> sums)
    {
        Span<double> row = stackalloc double[Piece];
        for (var i = 0; i < sums.Length; i += Piece)
        {
            var part = row[..Math.Min(Piece, sums.Length - i)];
            tensor.CopyTo(first + i, part);
            AddMultiple(part, factor, sums.Slice(i, part.Length));
        }
    }

    /// <summary>Converts numbers of a file's tensor, from one on.</summary>
    public static void CopyTo(this FileTensor tensor, int first, Span<double> values)
    {
        if (tensor.Singles is not { Length: > 0 } singles)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = tensor[first + i];
            return;
        }

        singles = singles.Slice(first, values.Length);
        for (var i = 0; i < values.Length; i++)
            values[i] = singles[i];
    }
}
