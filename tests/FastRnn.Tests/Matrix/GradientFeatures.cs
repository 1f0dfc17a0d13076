using FastRnn.Data;
using FastRnn.Diagnostics;
using FastRnn.Inference;
using FastRnn.Testing;
using FastRnn.Tests.Allocation;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Matrix;

/// <summary>Gradients, a look inside, and allocation.</summary>
internal abstract class GradientFeatures<TModel> : FeatureRuns<TModel>, IGradientFeatures
    where TModel : class, IModel<TModel>
{
    public void Bptt_gives_the_gradient_of_the_equations()
    {
        var (model, batch) = (Create(), StructuredBatch.Random(Info, Ragged, RaggedSources, 8, masks: false));
        var (y, dY) = (new float[batch.OutputCount], Experiment.Numbers(new Random(5), batch.OutputCount, 1));
        using var bptt = new Bptt<TModel>(model, Sized(batch, new()));
        bptt.Forward(batch.Input, y);
        bptt.Backward(dY);

        // Along some directions: the judge is the cell's own equations in double, and finite differences of them.
        var point = Array.ConvertAll(model.Store.Parameters.ToArray(), p => (double)p);
        var gradients = bptt.Gradients.ToArray();
        for (var n = 0; n < 3; n++)
        {
            var random = new Random(n);
            var direction = point.Select(_ => random.NextDouble() - 0.5).ToArray();
            var expected = FiniteDifferences.Along(parameters => Linear(parameters, batch, dY), point, direction, 1e-4);
            var actual = gradients.Zip(direction, (g, d) => g * d).Sum();
            var scale = gradients.Zip(direction, (g, d) => Math.Abs(g * d)).Sum();
            Assert.True(Math.Abs(expected - actual) <= 2e-5 * scale,
                $"direction {n}: expected {expected}, got {actual}, of terms that sum to {scale}");
        }
    }

    public void The_trainer_and_Bptt_agree()
    {
        if (Info.Layers.Any(l => l.Wiring.Operation == CompilerServices.LayerOperation.Dropout && l.Wiring.Rate > 0)
            || Info.Layers.Any(
                l => l.Wiring.Starts.Any(s => s.Kind is CompilerServices.StartKind.Mask or CompilerServices.StartKind.Random
                    or CompilerServices.StartKind.Zoneout)))
        {
            // What a trainer draws, gradients by hand do not: such models are held against the equations under the same draws
            // (StructuredGradientTests).
            return;
        }

        var (model, batch) = (Create(), StructuredBatch.Random(Info, Ragged, RaggedSources, 10, masks: false));
        var expected = Accumulate(model, batch, new());
        using var inspector = new Inspector<TModel>(model, Sized(batch, new()));
        var y = new float[batch.OutputCount];
        inspector.Forward(batch.Input, y);
        var loss = inspector.BackwardFromLoss(Loss(batch));
        Assert.Equal(
            Info.Reduction == Reduction.Mean ? expected.Loss / batch.OutputLengths.Sum() : expected.Loss, loss, 1e-9 * Math.Abs(loss));

        using var bptt = new Bptt<TModel>(model, Sized(batch, new()));
        bptt.Forward(batch.Input, y);
        bptt.Backward(OutputGradients(y, batch));
        AssertClose(expected.Gradients, bptt.Gradients.ToArray(), 1e-5f);
    }

    public void The_inspector_sees_what_Bptt_computes()
    {
        var (model, batch) = (Create(), StructuredBatch.Random(Info, Ragged, RaggedSources, 11, masks: false));
        var (y, seen) = (new float[batch.OutputCount], new float[batch.OutputCount]);
        var dY = Experiment.Numbers(new Random(6), batch.OutputCount, 1);
        using var bptt = new Bptt<TModel>(model, Sized(batch, new()));
        using var inspector = new Inspector<TModel>(model, Sized(batch, new()));
        bptt.Forward(batch.Input, y);
        inspector.Forward(batch.Input, seen);
        Assert.Equal(y, seen);
        if (!Info.SoftmaxOutput && !Info.LogSoftmaxOutput)
            Assert.Equal(Predict(model, batch, new()), y);

        var recurrent = Enumerable.Range(0, Info.Layers.Count).Where(l => Info.Layers[l].IsRecurrent).ToArray();
        foreach (var layer in recurrent)
        {
            var jacobian = inspector.Jacobian(layer, 0, 1);
            Assert.True(double.IsFinite(jacobian.SpectralRadius()));
            Assert.All(Inspector<TModel>.Activations(layer), a => Assert.InRange(inspector.Saturation(layer, a.Name).Mean, -1e3, 1e3));
        }

        bptt.Backward(dY);
        inspector.Backward(dY);
        foreach (var layer in recurrent)
        {
            for (var state = 0; state < Info.Layers[layer].States.Count; state++)
            {
                var (expected, actual) = (new float[Ragged.Length * Info.Layers[layer].States[state].Size],
                    new float[Ragged.Length * Info.Layers[layer].States[state].Size]);
                if (Info.Layers[layer].Wiring.Starts.All(s => s.Kind is not CompilerServices.StartKind.Masked))
                {
                    // Under a mask the first state's gradient is moved on to what was masked.
                    bptt.GetStateGradient(layer, state, expected);
                    inspector.GetGradient(layer, state, 0, actual);
                    Assert.Equal(expected, actual);
                }

                bptt.GetState(layer, state, expected);
                inspector.GetState(layer, state,
                    Info.Layers[layer].Wiring.Domain == CompilerServices.TimeDomain.Source ? RaggedSources.Max() : Ragged.Max(), actual);
                Assert.Equal(expected, actual);
            }
        }
    }

    public void An_explanation_finds_what_is_not_finite()
    {
        var (model, batch) = (Create(), StructuredBatch.Random(Info, Ragged, RaggedSources, 12, masks: false));
        using var trainer = new Trainer<TModel>(model, (TrainerOptions)Sized(batch, new TrainerOptions()) with { CarryState = false });
        Assert.Equal(FindingKind.Nothing, trainer.Explain(batch.Input).Kind);
        using (var edit = model.Store.Edit())
            edit.Parameters[^1] = float.NaN;
        Assert.Equal(FindingKind.Parameter, trainer.Explain(batch.Input).Kind);
    }

    public void Nothing_is_allocated()
    {
        var (model, batch) = (Create(), StructuredBatch.Random(Info, Ragged, RaggedSources, 13));
        var (plain, y) = (StructuredBatch.Random(Info, Ragged, RaggedSources, 13, masks: false), new float[batch.OutputCount]);
        var dY = Experiment.Numbers(new Random(7), batch.OutputCount, 1);
        using var predictor = new Predictor<TModel>(model, Sized(batch, new() { Threads = 2 }));
        using var evaluator = new Evaluator<TModel>(model, Sized(batch, new() { Threads = 2 }));
        using var bptt = new Bptt<TModel>(model, Sized(batch, new() { Threads = 2 }));
        using var trainer = new Trainer<TModel>(
            model, (TrainerOptions)Sized(batch, new TrainerOptions { Threads = 2 }) with { CarryState = false, ClipNorm = 1 });
        AssertNothing(() => predictor.Run(batch.Input, y));
        AssertNothing(() => evaluator.Evaluate(batch.Input));
        AssertNothing(() => trainer.Step(batch.Input));
        AssertNothing(() =>
        {
            bptt.Forward(plain.Input, y);
            bptt.Backward(dY);
        });
        if (Streams)
        {
            using var session = new Session<TModel>(model, new() { BatchSize = 2, Threads = 1 });
            var window = Batch([40, 40], [1, 1], 14).TimeMajor();
            var outputs = new float[40 * 2 * Info.OutputSize];
            AssertNothing(() => Run(session, window, 0, 40, outputs));
        }
    }

    private static void AssertNothing(Action action)
    {
        for (var i = 0; i < 3; i++)
            action();
        Assert.Equal(0, OwnThread.LeastAllocated(action, rounds: 20));
    }

    private double Linear(double[] parameters, StructuredBatch batch, float[] dY)
    {
        var outputs =
            new ReferenceGraph(Info, parameters).Run(batch.Sequences()).SelectMany(result => result.Outputs).SelectMany(row => row);
        return outputs.Zip(dY, (y, d) => y * d).Sum();
    }

    private static Targets Loss(StructuredBatch batch) => Targets.Of(batch.Targets, batch.TargetTokens);

    /// <summary>The gradient of the declared loss, by hand.</summary>
    private float[] OutputGradients(float[] y, StructuredBatch batch)
    {
        var (size, positions) = (Info.OutputSize, batch.OutputLengths.Sum());
        var scale = Info.Reduction == Reduction.Mean ? 1.0 / positions : 1;
        var dY = new float[y.Length];
        foreach (var (p, head) in Enumerable.Range(0, positions).SelectMany(p => Info.Heads.Select(head => (p, head))))
        {
            var row = y.AsSpan((p * size) + head.Offset, head.Size).ToArray().Select(v => (double)v).ToArray();
            var sum = row.Sum(v => Math.Exp(v - row.Max()));
            for (var i = 0; i < row.Length; i++)
            {
                var target = head.TargetSize == 0 ? 0 : batch.Targets[(p * Info.TargetSize) + head.TargetOffset + i];
                dY[(p * size) + head.Offset + i] = (float)(head.Weight * scale * (head.Loss switch
                {
                    LossKind.SoftmaxCrossEntropy => (Math.Exp(row[i] - row.Max()) / sum)
                        - (batch.TargetTokens[(p * Info.TargetTokenCount) + head.TargetToken] == i ? 1 : 0),
                    LossKind.SigmoidBinaryCrossEntropy => (1 / (1 + Math.Exp(-row[i]))) - target,
                    LossKind.Huber => Math.Clamp(row[i] - target, -head.HuberDelta, head.HuberDelta) / row.Length,
                    _ => 2 * (row[i] - target) / row.Length,
                }));
            }
        }

        return dY;
    }
}
