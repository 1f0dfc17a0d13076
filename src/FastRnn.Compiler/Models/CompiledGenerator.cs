using FastRnn.Data;
using FastRnn.Inference;

namespace FastRnn.Compiler;

/// <summary><see cref="SequenceGenerator{TModel}"/> of a compiled model: sequences whose outputs are fed back, until END or a cap. Each
/// call is handed on to it: ranges and exceptions are its own.</summary>
public abstract class CompiledGenerator : IDisposable
{
    private protected CompiledGenerator()
    {
    }

    /// <inheritdoc cref="SequenceGenerator{TModel}.BatchSize"/>
    public abstract int BatchSize { get; }

    /// <inheritdoc cref="SequenceGenerator{TModel}.Count"/>
    public abstract int Count { get; }

    /// <inheritdoc cref="SequenceGenerator{TModel}.Start(in SequenceBatch, int)"/>
    public abstract void Start(in SequenceBatch start, int count = 0);

    /// <inheritdoc cref="SequenceGenerator{TModel}.Step(ReadOnlySpan{float}, Span{float})"/>
    public abstract void Step(ReadOnlySpan<float> x, Span<float> y);

    /// <inheritdoc cref="SequenceGenerator{TModel}.Step(ReadOnlySpan{int}, Span{float})"/>
    public abstract void Step(ReadOnlySpan<int> tokens, Span<float> y);

    /// <inheritdoc cref="SequenceGenerator{TModel}.Step(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float})"/>
    public abstract void Step(ReadOnlySpan<float> x, ReadOnlySpan<int> tokens, Span<float> y);

    /// <inheritdoc cref="SequenceGenerator{TModel}.Generate(int, int, Span{int}, Span{int}, Sampler, float, int, Feedback)"/>
    public abstract void Generate(
        int startToken, int endToken, Span<int> tokens, Span<int> lengths, Sampler? sampler = null, float temperature = 1, int topK = 0,
        Feedback? feedback = null);

    /// <inheritdoc cref="SequenceGenerator{TModel}.GetAttention(int, Span{float}, int)"/>
    public abstract void GetAttention(int sequence, Span<float> weights, int attention = 0);

    /// <inheritdoc cref="SequenceGenerator{TModel}.Dispose()"/>
    public abstract void Dispose();
}
