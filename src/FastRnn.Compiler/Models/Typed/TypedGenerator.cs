using FastRnn.Data;
using FastRnn.Inference;

namespace FastRnn.Compiler.Typed;

/// <summary>A generator of the generated class.</summary>
internal sealed class TypedGenerator<TModel>(SequenceGenerator<TModel> generator) : CompiledGenerator
    where TModel : class, IModel<TModel>
{
    public override int BatchSize => generator.BatchSize;

    public override int Count => generator.Count;

    public override void Start(in SequenceBatch start, int count = 0) => generator.Start(in start, count);

    public override void Step(ReadOnlySpan<float> x, Span<float> y) => generator.Step(x, y);

    public override void Step(ReadOnlySpan<int> tokens, Span<float> y) => generator.Step(tokens, y);

    public override void Step(ReadOnlySpan<float> x, ReadOnlySpan<int> tokens, Span<float> y) => generator.Step(x, tokens, y);

    public override void Generate(
        int startToken, int endToken, Span<int> tokens, Span<int> lengths, Sampler? sampler = null, float temperature = 1, int topK = 0,
        Feedback? feedback = null) =>
        generator.Generate(startToken, endToken, tokens, lengths, sampler, temperature, topK, feedback);

    public override void GetAttention(int sequence, Span<float> weights, int attention = 0) =>
        generator.GetAttention(sequence, weights, attention);

    public override void Dispose() => generator.Dispose();
}
