using System.Runtime.Intrinsics;

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
    public static void Copy(float* from, float* to, int floats) => new ReadOnlySpan<float>(from, floats).CopyTo(new Span<float>(to, floats));

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

    /// <summary>What is below 2^-100 becomes 0, as in every state that a step computes and every gradient that enters a product.</summary>
    public static void Flush(float* values, int floats)
    {
        for (var i = 0; i < floats; i += Vector128<float>.Count)
        {
            Simd128.Store(Activation.Flush<Simd128, Vector128<float>>(Simd128.Load(values + i)), values + i);
        }
    }
}
