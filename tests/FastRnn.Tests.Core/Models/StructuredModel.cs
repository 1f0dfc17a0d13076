using FastRnn.Execution;
using FastRnn.Inference;
using FastRnn.Testing;
using FastRnn.Tests.Memory;
using FastRnn.Training;

namespace FastRnn.Tests.Models;

internal sealed class StructuredModel<TModel> : IStructuredModel
    where TModel : class, IModel<TModel>
{
    /// <summary>Of everything that a trainer draws.</summary>
    private const int Seed = 12;

    public ModelInfo Info => TModel.Info;

    public ReferenceDraws Draws
    {
        get
        {
            var key = RandomMask.Key(Seed, 0);
            var states = Info.Layers.Max(layer => layer.States.Count);
            return new(
                (layer, sequence, t, unit) => RandomMask.Dropout(key, layer, sequence, t, unit, Info.Layers[layer].Wiring.Rate),
                (layer, sequence, state, unit) => RandomMask.Dropout(
                    key, layer * states + state, sequence, RandomMask.WholeSequence, unit, Info.Layers[layer].Wiring.Starts[state].Value),
                (layer, sequence, state, unit) =>
                    Info.Layers[layer].Wiring.Starts[state].Value * RandomMask.Normal(key, layer * states + state, sequence, unit))
            {
                Held = (layer, sequence, t, state, unit) => RandomMask.Held(
                    RandomMask.ZoneoutRow(key, layer * states + state, sequence, t), unit, Info.Layers[layer].Wiring.Starts[state].Value),
            };
        }
    }

    public float[] Predict(
        float[] parameters, StructuredBatch batch, SimdWidth width = SimdWidth.Auto, int threads = 1, int room = 0,
        WeightFormat weights = WeightFormat.Float32)
    {
        using var predictor = new Predictor<TModel>(Create(parameters, width), Options(batch, threads, room, weights));
        var y = new float[batch.OutputCount];
        predictor.Run(batch.Input, CallerMemory.Of(y));
        CallerMemory.Take(y);
        return y;
    }

    public float[][] Attend(float[] parameters, StructuredBatch batch, SimdWidth width = SimdWidth.Auto, int threads = 1)
    {
        using var predictor = new Predictor<TModel>(Create(parameters, width), Options(batch, threads));
        predictor.Run(batch.Input, new float[batch.OutputCount]);
        var weights = batch.Lengths.Zip(batch.SourceLengths, (steps, sources) => new float[steps * sources]).ToArray();
        for (var b = 0; b < weights.Length; b++)
            predictor.GetAttention(b, weights[b]);
        return weights;
    }

    public double Evaluate(float[] parameters, StructuredBatch batch, int threads = 1)
    {
        using var evaluator = new Evaluator<TModel>(Create(parameters, SimdWidth.Auto), Options(batch, threads));
        return Reduce(evaluator.Evaluate(batch.Input));
    }

    public (double[] Losses, float[] Gradients) Accumulate(
        float[] parameters, IReadOnlyList<StructuredBatch> batches, SimdWidth width = SimdWidth.Auto, int threads = 1, int room = 0,
        RankGroup? ranks = null)
    {
        using var trainer = new Trainer<TModel>(Create(parameters, width), Options(batches, threads, room, ranks));
        var losses = batches.Select(batch => Reduce(trainer.Accumulate(batch.Input)));
        return ([.. losses], trainer.Gradients.ToArray());
    }

    public float[] Train(
        float[] parameters, StructuredBatch batch, int steps, SimdWidth width = SimdWidth.Auto, int threads = 1, RankGroup? ranks = null)
    {
        var model = Create(parameters, width);
        using var trainer = new Trainer<TModel>(model, Options([batch], threads, room: 0, ranks));
        for (var step = 0; step < steps; step++)
            trainer.Step(batch.Input);
        return model.Store.Parameters.ToArray();
    }

    private static double Reduce(BatchLoss loss) => TModel.Info.Reduction == Reduction.Mean ? loss.PerPosition : loss.Sum;

    private static RunOptions Options(StructuredBatch batch, int threads, int room = 0, WeightFormat weights = default) => new()
    {
        Weights = weights,
        BatchSize = batch.Count + room,
        SequenceLength = Math.Max(1, batch.Lengths.Max()) + room,
        SourceLength = SourceSteps(batch) + room,
        ClassWeights = ClassWeights(batch),
        PositiveWeights = PositiveWeights(batch),
        Threads = threads,
    };

    private static TrainerOptions Options(IReadOnlyList<StructuredBatch> batches, int threads, int room, RankGroup? ranks) => new()
    {
        Ranks = ranks,
        BatchSize = batches.Max(batch => batch.Count) + room,
        SequenceLength = Math.Max(1, batches.Max(batch => batch.Lengths.Max())) + room,
        SourceLength = batches.Max(SourceSteps) + room,
        Optimizer = new Sgd(0.1f, 0.9f),
        CarryState = false,
        Seed = Seed,
        ClassWeights = ClassWeights(batches[0]),
        PositiveWeights = PositiveWeights(batches[0]),
        Threads = threads,
    };

    private static float[] ClassWeights(StructuredBatch batch) => WeightsOf(batch, LossKind.SoftmaxCrossEntropy);

    private static float[] PositiveWeights(StructuredBatch batch) => WeightsOf(batch, LossKind.SigmoidBinaryCrossEntropy);

    /// <summary>Those of all heads with a loss.</summary>
    private static float[] WeightsOf(StructuredBatch batch, LossKind loss) =>
        [.. TModel.Info.Heads.Where(head => head.Loss == loss).SelectMany(head => batch.LossWeights.Skip(head.Offset).Take(head.Size))];

    private static int SourceSteps(StructuredBatch batch) => batch.SourceLengths.DefaultIfEmpty(1).Max();

    private static TModel Create(float[] parameters, SimdWidth width)
    {
        var model = TestModel<TModel>.Create(width);
        using (var edit = model.Store.Edit())
            parameters.CopyTo(edit.Parameters);
        return model;
    }
}
