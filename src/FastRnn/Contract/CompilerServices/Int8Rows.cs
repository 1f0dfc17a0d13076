using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastRnn.CompilerServices;

/// <summary>Rounds vectors to int8: <c>scale = max|x| / 127</c>, <c>q = x * (127 / max|x|)</c> to the nearest, ties to even. The maximum is
/// exact and everything else goes element by element, so the bits depend on no width.</summary>
internal static unsafe class Int8Rows
{
    private const int Chunk = 16;

    /// <summary>The bits of 2^-100: a row whose numbers are all smaller counts as zeros, as numbers of states and inputs do.</summary>
    private const int SmallestBits = 27 << 23;

    private const int InfinityBits = 0x7F800000;

    /// <summary>1.5 * 2^23: what is added to it is rounded to an integer, and stands in the lowest bits of the sum.</summary>
    private const float Integers = 12582912f;

    /// <summary>Rounds a vector.</summary>
    /// <param name="form">How it is stored.</param>
    /// <param name="x">Its numbers.</param>
    /// <param name="length">How many.</param>
    /// <param name="to">Receives the plane, or both; behind the last element stands 0.</param>
    /// <param name="scale">Receives the scale; NaN if a number is not finite: so are all sums then.</param>
    /// <returns>What sums lack because of <see cref="Int8Form.Magnitude"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Round(Int8Form form, float* x, int length, byte* to, float* scale)
    {
        // Bits of numbers without their signs are in the order of the numbers, infinities and NaN at the end.
        var bits = Largest(x, length);
        var isZero = bits is < SmallestBits or >= InfinityBits;
        var most = BitConverter.Int32BitsToSingle(bits);
        *scale = bits >= InfinityBits ? float.NaN : isZero ? 0 : most / 127;
        var factor = isZero ? 0 : 127 / most;
        var plane = Int8Layout.PlaneBytes(length);
        if (isZero)
        {
            Clear(form, to, plane);
            return 0;
        }

        var negative = 0;
        var whole = length & -Chunk;
        if (form == Int8Form.Magnitude)
        {
            for (nint k = 0; k < whole; k += Chunk)
            {
                negative += StoreMagnitudes(Chunk16(x + k, factor), to + k, plane);
            }
        }
        else
        {
            var offset = Vector128.Create(form == Int8Form.Offset ? (byte)128 : (byte)0);
            for (nint k = 0; k < whole; k += Chunk)
            {
                Vector128.Store(Chunk16(x + k, factor).AsByte() ^ offset, to + k);
            }
        }

        return whole == length ? negative : negative + RoundRest(form, x + whole, length - whole, factor, to + whole, plane);
    }

    /// <summary>A row of zeros.</summary>
    private static void Clear(Int8Form form, byte* to, int plane)
    {
        new Span<byte>(to, plane).Fill(form == Int8Form.Offset ? (byte)128 : (byte)0);
        if (form == Int8Form.Magnitude)
        {
            new Span<byte>(to + plane, plane).Clear();
        }
    }

    /// <summary>The last elements, fewer than sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int RoundRest(Int8Form form, float* x, int length, float factor, byte* to, nint plane)
    {
        var rest = stackalloc float[Chunk];
        new ReadOnlySpan<float>(x, length).CopyTo(new Span<float>(rest, Chunk));
        new Span<float>(rest + length, Chunk - length).Clear();
        var q = Chunk16(rest, factor);
        if (form == Int8Form.Magnitude)
        {
            return StoreMagnitudes(q, to, plane);
        }

        Vector128.Store(form == Int8Form.Offset ? q.AsByte() ^ Vector128.Create((byte)128) : q.AsByte(), to);
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Largest(float* x, int length)
    {
        var largest = 0;
        nint k = 0;
        if (Vector512.IsHardwareAccelerated && length >= 16)
        {
            var most = Vector512<int>.Zero;
            for (; k + 16 <= length; k += 16)
            {
                most = Vector512.Max(most, Vector512.Load((int*)x + k) & Vector512.Create(int.MaxValue));
            }

            var half = Vector256.Max(most.GetLower(), most.GetUpper());
            largest = Largest(Vector128.Max(half.GetLower(), half.GetUpper()));
        }
        else if (length >= 4)
        {
            var most = Vector128<int>.Zero;
            for (; k + 4 <= length; k += 4)
            {
                most = Vector128.Max(most, Vector128.Load((int*)x + k) & Vector128.Create(int.MaxValue));
            }

            largest = Largest(most);
        }

        for (; k < length; k++)
        {
            largest = Math.Max(largest, ((int*)x)[k] & int.MaxValue);
        }

        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Largest(Vector128<int> most) => Math.Max(Math.Max(most[0], most[1]), Math.Max(most[2], most[3]));

    /// <summary>Sixteen numbers, rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Chunk16(float* x, float factor)
    {
        if (Avx512F.IsSupported)
        {
            // The product is rounded once to a float and once to an integer, as below.
            return Avx512F.ConvertToVector128SByte(Avx512F.ConvertToVector512Int32(Vector512.Load(x) * Vector512.Create(factor)));
        }

        var lower = Vector128.Narrow(Chunk4(x, factor), Chunk4(x + 4, factor));
        return Vector128.Narrow(lower, Vector128.Narrow(Chunk4(x + 8, factor), Chunk4(x + 12, factor)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Chunk4(float* x, float factor) =>
        ((Vector128.Load(x) * Vector128.Create(factor)) + Vector128.Create(Integers)).AsInt32();

    /// <summary>Stores sixteen elements as <see cref="Int8Form.Magnitude"/> says.</summary>
    /// <returns>The sum of the magnitudes of negative ones.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int StoreMagnitudes(Vector128<sbyte> q, byte* to, nint plane)
    {
        var magnitude = Vector128.Abs(q).AsByte();
        var sign = Vector128.LessThan(q, Vector128<sbyte>.Zero).AsByte();
        Vector128.Store(magnitude, to);
        Vector128.Store(sign, to + plane);
        if (Sse2.IsSupported)
        {
            var sums = Sse2.SumAbsoluteDifferences(magnitude & sign, Vector128<byte>.Zero).AsInt32();
            return sums[0] + sums[2];
        }

        var negative = 0;
        for (var k = 0; k < Vector128<byte>.Count; k++)
        {
            negative += (magnitude & sign)[k];
        }

        return negative;
    }
}
