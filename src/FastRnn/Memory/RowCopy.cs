using System.Runtime.Intrinsics;

namespace FastRnn.Memory;

/// <summary>Copies rows between dense and padded places. Rows of one number or of few are what streaming copies in every step.</summary>
internal static unsafe class RowCopy
{
    /// <summary>Rows of fewer numbers are copied here: a call would take longer.</summary>
    private const int FewFloats = 8;

    /// <summary>So are rows of up to so many, vector by vector.</summary>
    private const int ShortFloats = 64;

    /// <summary>Copies <paramref name="rows"/> rows of <paramref name="size"/> floats; strides are floats from row to row.</summary>
    public static void Copy(float* from, nint fromStride, float* to, nint toStride, int size, int rows)
    {
        if (fromStride == size && toStride == size)
        {
            (size, rows) = (size * rows, 1);
        }

        for (var row = 0; row < rows; row++, from += fromStride, to += toStride)
        {
            if (size < FewFloats)
            {
                for (var i = 0; i < size; i++)
                {
                    to[i] = from[i];
                }
            }
            else if (size <= ShortFloats)
            {
                for (var i = 0; i < size - FewFloats; i += FewFloats)
                {
                    Vector256.Store(Vector256.Load(from + i), to + i);
                }

                // The last vector ends with the row, and may have numbers of the one before.
                Vector256.Store(Vector256.Load(from + size - FewFloats), to + size - FewFloats);
            }
            else
            {
                new ReadOnlySpan<float>(from, size).CopyTo(new Span<float>(to, size));
            }
        }
    }
}
