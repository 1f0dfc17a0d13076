using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastRnn.Kernels;

/// <summary>Copies blocks of a matrix so that rows become columns.</summary>
internal static unsafe class Transposition
{
    /// <summary>Rows and columns of a block.</summary>
    public const int Size = 8;

    /// <summary>Copies an 8 x 8 block: <c>to[c, r] = from[r, c]</c>. Strides count floats.</summary>
    public static void Copy(float* from, nint fromStride, float* to, nint toStride)
    {
        if (Avx.IsSupported)
        {
            InRegisters(from, fromStride, to, toStride);
            return;
        }

        for (var r = 0; r < Size; r++)
        {
            for (var c = 0; c < Size; c++)
                to[c * toStride + r] = from[r * fromStride + c];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InRegisters(float* from, nint fromStride, float* to, nint toStride)
    {
        // Rows r and r + 4 share a register half by half, so nothing has to cross the halves afterwards.
        for (var half = 0; half < Size; half += 4, from += 4, to += 4 * toStride)
        {
            var row0 = Halves(from, 4 * fromStride);
            var row1 = Halves(from + fromStride, 4 * fromStride);
            var row2 = Halves(from + (2 * fromStride), 4 * fromStride);
            var row3 = Halves(from + (3 * fromStride), 4 * fromStride);
            var low01 = Avx.UnpackLow(row0, row1);
            var low23 = Avx.UnpackLow(row2, row3);
            var high01 = Avx.UnpackHigh(row0, row1);
            var high23 = Avx.UnpackHigh(row2, row3);
            Vector256.Store(Avx.Shuffle(low01, low23, 0b01_00_01_00), to);
            Vector256.Store(Avx.Shuffle(low01, low23, 0b11_10_11_10), to + toStride);
            Vector256.Store(Avx.Shuffle(high01, high23, 0b01_00_01_00), to + (2 * toStride));
            Vector256.Store(Avx.Shuffle(high01, high23, 0b11_10_11_10), to + (3 * toStride));
        }
    }

    /// <summary>4 floats of a row and 4 of the row four below it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* row, nint distance) =>
        Vector256.Create(Vector128.Load(row), Vector128.Load(row + distance));
}
