using FastRnn.Data;
using FastRnn.Inference;

namespace FastRnn.Compiler.Typed;

/// <summary>A predictor of the generated class.</summary>
internal sealed class TypedPredictor<TModel>(Predictor<TModel> predictor) : CompiledPredictor
    where TModel : class, IModel<TModel>
{
    public override int BatchSize => predictor.BatchSize;

    public override int SequenceLength => predictor.SequenceLength;

    public override void Run(Inputs inputs, Span<float> y) => predictor.Run(inputs, y);

    public override void Run(in SequenceBatch batch, Span<float> y) => predictor.Run(in batch, y);

    public override void GetAttention(int sequence, Span<float> weights, int attention = 0) =>
        predictor.GetAttention(sequence, weights, attention);

    public override void GetState(int layer, int state, Span<float> values) => predictor.GetState(layer, state, values);

    public override void GetState(int layer, string state, Span<float> values) => predictor.GetState(layer, state, values);

    public override void SetState(int layer, int state, ReadOnlySpan<float> values) => predictor.SetState(layer, state, values);

    public override void SetState(int layer, string state, ReadOnlySpan<float> values) => predictor.SetState(layer, state, values);

    public override void ResetState() => predictor.ResetState();

    public override IReadOnlyList<(int Layer, double RootMeanSquare, double Largest)> MeasureRounding(in SequenceBatch batch) =>
        predictor.MeasureRounding(in batch);

    public override void Dispose() => predictor.Dispose();
}
