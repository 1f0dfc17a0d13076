using FastRnn.Inference;

namespace FastRnn.Compiler.Typed;

/// <summary>A session of the generated class.</summary>
internal sealed class TypedSession<TModel>(Session<TModel> session) : CompiledSession
    where TModel : class, IModel<TModel>
{
    public override int BatchSize => session.BatchSize;

    public override void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);

    public override void Step(ReadOnlySpan<int> tokens, Span<float> y) => session.Step(tokens, y);

    public override void Step(ReadOnlySpan<float> x, ReadOnlySpan<int> tokens, Span<float> y) => session.Step(x, tokens, y);

    public override void Step(int token, Span<float> y) => session.Step(token, y);

    public override void Run(ReadOnlySpan<float> x, Span<float> y) => session.Run(x, y);

    public override void Run(ReadOnlySpan<int> tokens, Span<float> y) => session.Run(tokens, y);

    public override void Run(ReadOnlySpan<float> x, ReadOnlySpan<int> tokens, Span<float> y) => session.Run(x, tokens, y);

    public override void Reset() => session.Reset();

    public override void Reset(int stream) => session.Reset(stream);

    public override void GetState(int layer, int state, Span<float> values) => session.GetState(layer, state, values);

    public override void GetState(int layer, string state, Span<float> values) => session.GetState(layer, state, values);

    public override void SetState(int layer, int state, ReadOnlySpan<float> values) => session.SetState(layer, state, values);

    public override void SetState(int layer, string state, ReadOnlySpan<float> values) => session.SetState(layer, state, values);

    public override CompiledState GetState() => new TypedState<TModel>(session.GetState());

    public override void GetState(CompiledState state) => session.GetState(TypedState<TModel>.Of(state, nameof(state)));

    public override void SetState(CompiledState state) => session.SetState(TypedState<TModel>.Of(state, nameof(state)));

    public override void GetStream(int stream, CompiledState state, int row = 0) =>
        session.GetStream(stream, TypedState<TModel>.Of(state, nameof(state)), row);

    public override void SetStream(int stream, CompiledState state, int row = 0) =>
        session.SetStream(stream, TypedState<TModel>.Of(state, nameof(state)), row);

    public override CompiledSession Fork() => new TypedSession<TModel>(session.Fork());

    public override void Dispose() => session.Dispose();
}
