using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>Element-wise work on padded rows, each element by itself: the same bits for every width.</summary>
internal static unsafe class VectorRows
{
    /// <summary><c>to += from</c>.</summary>
    public static void Add(float* from, float* to, int floats)
    {
        for (var i = 0; i < floats; i += Vector256<float>.Count)
        {
            Vector256.Store(Vector256.Load(to + i) + Vector256.Load(from + i), to + i);
        }
    }

    /// <summary><c>to = from</c>.</summary>
    public static void Copy(float* from, float* to, int floats) =>
        new ReadOnlySpan<float>(from, floats).CopyTo(new Span<float>(to, floats));

    /// <summary><c>to = 0</c>.</summary>
    public static void Clear(float* to, int floats) => new Span<float>(to, floats).Clear();

    /// <summary><c>to = from * factor</c>.</summary>
    public static void Scale(float* from, float factor, float* to, int floats)
    {
        var factors = Vector256.Create(factor);
        for (var i = 0; i < floats; i += Vector256<float>.Count)
        {
            Vector256.Store(Vector256.Load(from + i) * factors, to + i);
        }
    }

    /// <summary><c>to = a * b</c>.</summary>
    public static void Multiply(float* a, float* b, float* to, int floats)
    {
        for (var i = 0; i < floats; i += Vector256<float>.Count)
        {
            Vector256.Store(Vector256.Load(a + i) * Vector256.Load(b + i), to + i);
        }
    }

    /// <summary>Whether <see cref="Flush"/> would change something, were it only the sign of a zero.</summary>
    public static bool NeedFlush(float* values, nint floats)
    {
        nint i = 0;
        var found = Vector256<int>.Zero;
        for (; i <= floats - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            var bits = Vector256.Load((int*)values + i);
            found |= Vector256.AndNot(Tiny(bits), Vector256.Equals(bits, Vector256<int>.Zero));
        }

        var any = floats >= Vector256<int>.Count && found != Vector256<int>.Zero;
        for (; i < floats; i++)
        {
            any |= NeedsFlush(values[i]);
        }

        return any;
    }

    /// <summary>Whether <see cref="Flush"/> would change this number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool NeedsFlush(float value) => BitConverter.SingleToInt32Bits(value) != 0 && IsTiny(value);

    /// <summary><c>to = from</c>, flushed (<see cref="Flush"/>). Rows need no padding.</summary>
    public static void CopyFlushed(float* from, float* to, nint floats)
    {
        nint i = 0;
        for (; i <= floats - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            var bits = Vector256.Load((int*)from + i);
            Vector256.Store(Vector256.AndNot(bits, Tiny(bits)), (int*)to + i);
        }

        for (; i < floats; i++)
        {
            to[i] = IsTiny(from[i]) ? 0 : from[i];
        }
    }

    /// <summary>What is below 2^-100 becomes 0, as in every state that a step computes and every gradient that enters a product.</summary>
    public static void Flush(float* values, int floats)
    {
        for (var i = 0; i < floats; i += Vector128<float>.Count)
        {
            Simd128.Store(Activation.Flush<Simd128, Vector128<float>>(Simd128.Load(values + i)), values + i);
        }
    }

    // On the bits: a comparison of floats would itself be slow where they are denormal.
    private static Vector256<int> Tiny(Vector256<int> bits) =>
        Vector256.LessThan(bits & Vector256.Create(int.MaxValue), Vector256.Create(Activation.FlushLimit).AsInt32());

    private static bool IsTiny(float value) =>
        (BitConverter.SingleToInt32Bits(value) & int.MaxValue) < BitConverter.SingleToInt32Bits(Activation.FlushLimit);
}
