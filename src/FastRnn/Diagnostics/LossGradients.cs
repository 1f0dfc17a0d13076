using FastRnn.Execution;
using FastRnn.Testing;
using FastRnn.Training;

namespace FastRnn.Diagnostics;

/// <summary>The declared loss as a function of the parameters, as a trainer's first step has it: with its masks and random first
/// states.</summary>
internal sealed class LossGradients(GradientBatch batch, ReadOnlySpan<float> parameters) : GradientProblem(batch, parameters)
{
    private readonly ReferenceDraws draws = Draws(batch.Info, batch.Seed);
    private readonly ReferenceSequence[] sequences = batch.Sequences(GradientBatch.Wide(batch.X));

    public override string Of => "loss";

    public override double Scale => Math.Max(1, Math.Abs(Value(Point)));

    public override double Value(double[] point) => Batch.Loss(Graph(point).Run(sequences, draws));

    public override float[] OfKernels<TModel>(TModel model)
    {
        using var trainer = new Trainer<TModel>(model, Batch.Options);
        trainer.Accumulate(Batch.Input);
        return trainer.Gradients[..Point.Length].ToArray();
    }

    /// <summary>What a trainer of this seed draws in its first step.</summary>
    private static ReferenceDraws Draws(ModelInfo info, int seed)
    {
        var (key, states) = (RandomMask.Key(seed, 0), info.Layers.Max(layer => layer.States.Count));
        return new(
            (layer, sequence, t, unit) => RandomMask.Dropout(key, layer, sequence, t, unit, info.Layers[layer].Wiring.Rate),
            (layer, sequence, state, unit) => RandomMask.Dropout(
                key, (layer * states) + state, sequence, RandomMask.WholeSequence, unit, info.Layers[layer].Wiring.Starts[state].Value),
            (layer, sequence, state, unit) =>
                info.Layers[layer].Wiring.Starts[state].Value * RandomMask.Normal(key, (layer * states) + state, sequence, unit))
        {
            Held = (layer, sequence, t, state, unit) => RandomMask.Held(
                RandomMask.ZoneoutRow(key, (layer * states) + state, sequence, t), unit, info.Layers[layer].Wiring.Starts[state].Value),
        };
    }
}
