using FastRnn.Inference;

namespace FastRnn.Compiler.Typed;

/// <summary>A state of the generated class.</summary>
internal sealed class TypedState<TModel>(SessionState<TModel> state) : CompiledState
    where TModel : class, IModel<TModel>
{
    public override int BatchSize => state.BatchSize;

    /// <summary>The state itself.</summary>
    /// <exception cref="ArgumentException">It is one of another class.</exception>
    public static SessionState<TModel> Of(CompiledState state, string name)
    {
        ArgumentNullException.ThrowIfNull(state, name);
        return state is TypedState<TModel> typed ? typed.Value
            : throw new ArgumentException($"It is a state of another declaration than that of {TModel.Info.Name}.", name);
    }

    public override Span<float> Values(int layer, int state) => Value.Values(layer, state);

    public override Span<float> Values(int layer, string state) => Value.Values(layer, state);

    public override Span<float> Values(int layer, int state, int stream) => Value.Values(layer, state, stream);

    public override int CountLost(Span<bool> lost = default) => state.CountLost(lost);

    public override void Clear() => state.Clear();

    public override CompiledState Clone() => new TypedState<TModel>(state.Clone());

    public override void CopyTo(CompiledState target) => state.CopyTo(Of(target, nameof(target)));

    public override void CopyStream(int from, CompiledState target, int to) => state.CopyStream(from, Of(target, nameof(target)), to);

    public override void Save(string path, CompiledModel model) => state.Save(path, TypedModel<TModel>.Of(model, nameof(model)));

    public override void Save(Stream stream, CompiledModel model) => state.Save(stream, TypedModel<TModel>.Of(model, nameof(model)));

    public override bool Equals(CompiledState? other) => other is TypedState<TModel> typed && state.Equals(typed.Value);

    public override int GetHashCode() => state.GetHashCode();

    private SessionState<TModel> Value => state;
}
