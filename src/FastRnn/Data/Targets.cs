using System.Runtime.CompilerServices;

namespace FastRnn.Data;

/// <summary>What a model should put out: numbers <c>[T, B, O]</c>, tokens <c>[T, B]</c>, or both (<see cref="Of"/>), time-major (without
/// <c>T</c> for a model with one output a sequence), a view of the caller's memory. Made implicitly from arrays and spans of
/// <see cref="float"/> or <see cref="int"/>; a collection expression makes numbers.</summary>
[CollectionBuilder(typeof(Targets), nameof(Create))]
public readonly ref struct Targets
{
    private Targets(ReadOnlySpan<float> numbers, ReadOnlySpan<int> tokens)
    {
        Numbers = numbers;
        Tokens = tokens;
    }

    /// <summary><c>[T, B, O]</c>; empty if there are only tokens.</summary>
    public ReadOnlySpan<float> Numbers { get; }

    /// <summary><c>[T, B]</c>, or <c>[T, B, K]</c> of K heads that classify; empty if there are only numbers.</summary>
    public ReadOnlySpan<int> Tokens { get; }

    /// <summary>Numbers beside tokens, for a model with heads of both kinds.</summary>
    /// <param name="numbers"><c>[T, B, D]</c>: the targets of all heads that are trained with numbers, one behind the other.</param>
    /// <param name="tokens"><c>[T, B, K]</c>: a token for each head that classifies, in declared order.</param>
    public static Targets Of(ReadOnlySpan<float> numbers, ReadOnlySpan<int> tokens) => new(numbers, tokens);

    /// <summary>Numbers.</summary>
    /// <param name="numbers"><c>[T, B, O]</c>.</param>
    public static Targets Create(ReadOnlySpan<float> numbers) => new(numbers, []);

    /// <summary>Numbers.</summary>
    /// <param name="numbers"><c>[T, B, O]</c>.</param>
    public static implicit operator Targets(ReadOnlySpan<float> numbers) => new(numbers, []);

    /// <summary>Numbers.</summary>
    /// <param name="numbers"><c>[T, B, O]</c>.</param>
    public static implicit operator Targets(Span<float> numbers) => new(numbers, []);

    /// <summary>Numbers.</summary>
    /// <param name="numbers"><c>[T, B, O]</c>.</param>
    public static implicit operator Targets(float[] numbers) => new(numbers, []);

    /// <summary>Tokens.</summary>
    /// <param name="tokens"><c>[T, B]</c>.</param>
    public static implicit operator Targets(ReadOnlySpan<int> tokens) => new([], tokens);

    /// <summary>Tokens.</summary>
    /// <param name="tokens"><c>[T, B]</c>.</param>
    public static implicit operator Targets(Span<int> tokens) => new([], tokens);

    /// <summary>Tokens.</summary>
    /// <param name="tokens"><c>[T, B]</c>.</param>
    public static implicit operator Targets(int[] tokens) => new([], tokens);

    /// <summary>For collection expressions: the numbers.</summary>
    public ReadOnlySpan<float>.Enumerator GetEnumerator() => Numbers.GetEnumerator();
}
