using FastRnn.Inference;

namespace FastRnn.Compiler;

/// <summary><see cref="Session{TModel}"/> of a compiled model: the state and workspace of one stream, or of a batch of streams that are
/// stepped together. Each call is handed on to it: ranges and exceptions are its own, and nothing is allocated after the first
/// step.</summary>
public abstract class CompiledSession : IDisposable
{
    private protected CompiledSession()
    {
    }

    /// <inheritdoc cref="Session{TModel}.BatchSize"/>
    public abstract int BatchSize { get; }

    /// <inheritdoc cref="Session{TModel}.Step(ReadOnlySpan{float}, Span{float})"/>
    public abstract void Step(ReadOnlySpan<float> x, Span<float> y);

    /// <inheritdoc cref="Session{TModel}.Step(ReadOnlySpan{int}, Span{float})"/>
    public abstract void Step(ReadOnlySpan<int> tokens, Span<float> y);

    /// <inheritdoc cref="Session{TModel}.Step(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float})"/>
    public abstract void Step(ReadOnlySpan<float> x, ReadOnlySpan<int> tokens, Span<float> y);

    /// <inheritdoc cref="Session{TModel}.Step(int, Span{float})"/>
    public abstract void Step(int token, Span<float> y);

    /// <inheritdoc cref="Session{TModel}.Run(ReadOnlySpan{float}, Span{float})"/>
    public abstract void Run(ReadOnlySpan<float> x, Span<float> y);

    /// <inheritdoc cref="Session{TModel}.Run(ReadOnlySpan{int}, Span{float})"/>
    public abstract void Run(ReadOnlySpan<int> tokens, Span<float> y);

    /// <inheritdoc cref="Session{TModel}.Run(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float})"/>
    public abstract void Run(ReadOnlySpan<float> x, ReadOnlySpan<int> tokens, Span<float> y);

    /// <inheritdoc cref="Session{TModel}.Reset()"/>
    public abstract void Reset();

    /// <inheritdoc cref="Session{TModel}.Reset(int)"/>
    public abstract void Reset(int stream);

    /// <inheritdoc cref="Session{TModel}.GetState(int, int, Span{float})"/>
    public abstract void GetState(int layer, int state, Span<float> values);

    /// <inheritdoc cref="Session{TModel}.GetState(int, string, Span{float})"/>
    public abstract void GetState(int layer, string state, Span<float> values);

    /// <inheritdoc cref="Session{TModel}.SetState(int, int, ReadOnlySpan{float})"/>
    public abstract void SetState(int layer, int state, ReadOnlySpan<float> values);

    /// <inheritdoc cref="Session{TModel}.SetState(int, string, ReadOnlySpan{float})"/>
    public abstract void SetState(int layer, string state, ReadOnlySpan<float> values);

    /// <inheritdoc cref="Session{TModel}.GetState()"/>
    public abstract CompiledState GetState();

    /// <inheritdoc cref="Session{TModel}.GetState(SessionState{TModel})"/>
    /// <exception cref="ArgumentException">It is a state of another declaration, or of another batch size.</exception>
    public abstract void GetState(CompiledState state);

    /// <inheritdoc cref="Session{TModel}.SetState(SessionState{TModel})"/>
    /// <exception cref="ArgumentException">It is a state of another declaration, or of another batch size.</exception>
    public abstract void SetState(CompiledState state);

    /// <inheritdoc cref="Session{TModel}.GetStream(int, SessionState{TModel}, int)"/>
    /// <exception cref="ArgumentException">It is a state of another declaration.</exception>
    public abstract void GetStream(int stream, CompiledState state, int row = 0);

    /// <inheritdoc cref="Session{TModel}.SetStream(int, SessionState{TModel}, int)"/>
    /// <exception cref="ArgumentException">It is a state of another declaration.</exception>
    public abstract void SetStream(int stream, CompiledState state, int row = 0);

    /// <inheritdoc cref="Session{TModel}.Fork()"/>
    public abstract CompiledSession Fork();

    /// <inheritdoc cref="Session{TModel}.Dispose()"/>
    public abstract void Dispose();
}
