using System.Runtime.CompilerServices;

namespace FastRnn.Data;

/// <summary>What a model reads: vectors <c>[T, B, I]</c>, tokens <c>[T, B]</c> (<c>[T, B, K]</c> of a model with K inputs of tokens), or
/// both (<see cref="Of"/>), time-major, a view of the caller's memory. Made implicitly from arrays and spans of <see cref="float"/> or
/// <see cref="int"/>; a collection expression makes vectors.</summary>
[CollectionBuilder(typeof(Inputs), nameof(Create))]
public readonly ref struct Inputs
{
    private Inputs(ReadOnlySpan<float> vectors, ReadOnlySpan<int> tokens)
    {
        Vectors = vectors;
        Tokens = tokens;
    }

    /// <summary><c>[T, B, I]</c>; empty if there are only tokens.</summary>
    public ReadOnlySpan<float> Vectors { get; }

    /// <summary><c>[T, B]</c> or <c>[T, B, K]</c>; empty if there are only vectors.</summary>
    public ReadOnlySpan<int> Tokens { get; }

    /// <summary>Vectors beside tokens, for a model that reads both.</summary>
    /// <param name="vectors"><c>[T, B, I]</c>.</param>
    /// <param name="tokens"><c>[T, B, K]</c>: a token for each input of tokens, in declared order.</param>
    public static Inputs Of(ReadOnlySpan<float> vectors, ReadOnlySpan<int> tokens) => new(vectors, tokens);

    /// <summary>Vectors.</summary>
    /// <param name="vectors"><c>[T, B, I]</c>.</param>
    public static Inputs Create(ReadOnlySpan<float> vectors) => new(vectors, []);

    /// <summary>Vectors.</summary>
    /// <param name="vectors"><c>[T, B, I]</c>.</param>
    public static implicit operator Inputs(ReadOnlySpan<float> vectors) => new(vectors, []);

    /// <summary>Vectors.</summary>
    /// <param name="vectors"><c>[T, B, I]</c>.</param>
    public static implicit operator Inputs(Span<float> vectors) => new(vectors, []);

    /// <summary>Vectors.</summary>
    /// <param name="vectors"><c>[T, B, I]</c>.</param>
    public static implicit operator Inputs(float[] vectors) => new(vectors, []);

    /// <summary>Tokens.</summary>
    /// <param name="tokens"><c>[T, B]</c>.</param>
    public static implicit operator Inputs(ReadOnlySpan<int> tokens) => new([], tokens);

    /// <summary>Tokens.</summary>
    /// <param name="tokens"><c>[T, B]</c>.</param>
    public static implicit operator Inputs(Span<int> tokens) => new([], tokens);

    /// <summary>Tokens.</summary>
    /// <param name="tokens"><c>[T, B]</c>.</param>
    public static implicit operator Inputs(int[] tokens) => new([], tokens);

    /// <summary>For collection expressions: the vectors' numbers.</summary>
    public ReadOnlySpan<float>.Enumerator GetEnumerator() => Vectors.GetEnumerator();
}
