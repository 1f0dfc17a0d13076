using FastRnn.Data;
using FastRnn.Inference;

namespace FastRnn.Compiler;

/// <summary><see cref="Predictor{TModel}"/> of a compiled model: inference over whole sequences, of one length or of many. Each call is
/// handed on to it: ranges and exceptions are its own.</summary>
public abstract class CompiledPredictor : IDisposable
{
    private protected CompiledPredictor()
    {
    }

    /// <inheritdoc cref="Predictor{TModel}.BatchSize"/>
    public abstract int BatchSize { get; }

    /// <inheritdoc cref="Predictor{TModel}.SequenceLength"/>
    public abstract int SequenceLength { get; }

    /// <inheritdoc cref="Predictor{TModel}.Run(Inputs, Span{float})"/>
    public abstract void Run(Inputs inputs, Span<float> y);

    /// <inheritdoc cref="Predictor{TModel}.Run(in SequenceBatch, Span{float})"/>
    public abstract void Run(in SequenceBatch batch, Span<float> y);

    /// <inheritdoc cref="Predictor{TModel}.GetAttention(int, Span{float}, int)"/>
    public abstract void GetAttention(int sequence, Span<float> weights, int attention = 0);

    /// <inheritdoc cref="Predictor{TModel}.GetState(int, int, Span{float})"/>
    public abstract void GetState(int layer, int state, Span<float> values);

    /// <inheritdoc cref="Predictor{TModel}.GetState(int, string, Span{float})"/>
    public abstract void GetState(int layer, string state, Span<float> values);

    /// <inheritdoc cref="Predictor{TModel}.SetState(int, int, ReadOnlySpan{float})"/>
    public abstract void SetState(int layer, int state, ReadOnlySpan<float> values);

    /// <inheritdoc cref="Predictor{TModel}.SetState(int, string, ReadOnlySpan{float})"/>
    public abstract void SetState(int layer, string state, ReadOnlySpan<float> values);

    /// <inheritdoc cref="Predictor{TModel}.ResetState()"/>
    public abstract void ResetState();

    /// <inheritdoc cref="Predictor{TModel}.MeasureRounding(in SequenceBatch)"/>
    public abstract IReadOnlyList<(int Layer, double RootMeanSquare, double Largest)> MeasureRounding(in SequenceBatch batch);

    /// <inheritdoc cref="Predictor{TModel}.Dispose()"/>
    public abstract void Dispose();
}
