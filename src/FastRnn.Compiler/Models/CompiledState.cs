using FastRnn.Inference;

namespace FastRnn.Compiler;

/// <summary><see cref="SessionState{TModel}"/> of a compiled model: what the streams of a session carry from step to step, as a value of
/// its own. <see cref="CompiledModel.CreateState"/> makes one of zeros, <see cref="CompiledSession.GetState()"/> has that of a
/// session.</summary>
public abstract class CompiledState : IEquatable<CompiledState>
{
    private protected CompiledState()
    {
    }

    /// <inheritdoc cref="SessionState{TModel}.BatchSize"/>
    public abstract int BatchSize { get; }

    /// <inheritdoc cref="SessionState{TModel}.Values(int, int)"/>
    public abstract Span<float> Values(int layer, int state);

    /// <inheritdoc cref="SessionState{TModel}.Values(int, string)"/>
    public abstract Span<float> Values(int layer, string state);

    /// <inheritdoc cref="SessionState{TModel}.Values(int, int, int)"/>
    public abstract Span<float> Values(int layer, int state, int stream);

    /// <inheritdoc cref="SessionState{TModel}.CountLost(Span{bool})"/>
    public abstract int CountLost(Span<bool> lost = default);

    /// <inheritdoc cref="SessionState{TModel}.Clear()"/>
    public abstract void Clear();

    /// <inheritdoc cref="SessionState{TModel}.Clone()"/>
    public abstract CompiledState Clone();

    /// <inheritdoc cref="SessionState{TModel}.CopyTo(SessionState{TModel})"/>
    /// <exception cref="ArgumentException">The target is a state of another declaration, or of another batch size.</exception>
    public abstract void CopyTo(CompiledState target);

    /// <inheritdoc cref="SessionState{TModel}.CopyStream(int, SessionState{TModel}, int)"/>
    /// <exception cref="ArgumentException">The target is a state of another declaration.</exception>
    public abstract void CopyStream(int from, CompiledState target, int to);

    /// <inheritdoc cref="SessionState{TModel}.Save(string, TModel)"/>
    /// <exception cref="ArgumentException">The model is of another declaration.</exception>
    public abstract void Save(string path, CompiledModel model);

    /// <inheritdoc cref="SessionState{TModel}.Save(Stream, TModel)"/>
    /// <exception cref="ArgumentException">The model is of another declaration.</exception>
    public abstract void Save(Stream stream, CompiledModel model);

    /// <inheritdoc cref="SessionState{TModel}.Equals(SessionState{TModel})"/>
    public abstract bool Equals(CompiledState? other);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => obj is CompiledState other && Equals(other);

    /// <inheritdoc/>
    public abstract override int GetHashCode();
}
