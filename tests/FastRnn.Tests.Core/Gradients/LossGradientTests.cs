using FastRnn.Testing;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Gradients;

/// <summary>The whole way of a training step: with plain gradient descent the change of the parameters is the gradient of the declared
/// loss.</summary>
public abstract class LossGradientTests<TModels>
    where TModels : IModelSet
{
    private const int Steps = 7;
    private const int Batch = 3;

    public static TheoryData<string> Models => [.. TestModels.WithLossOf<TModels>().Where(name => name != nameof(LargeText))];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_loss_and_its_gradient_are_those_of_the_equations(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, Batch, seed: 20).FromZero();
        var targets = TestTargets.Random(model.Info, Steps * Batch, seed: 21);
        var oracle = Oracle(experiment, targets);
        var step = TestModels.Has(name, TestTraits.Kinks) ? GradientCheck.KinkedStep : FiniteDifferences.DefaultStep;
        var probes = Probe.Of(oracle, effort: 5_000, step, seed: 22);
        var loss = oracle.Loss(oracle.Point);

        foreach (var width in TestWidths.All)
        {
            var (parameters, results) = model.Train(experiment, targets, Options(), steps: 1, width);

            var positions = (double)Steps * Batch;
            Assert.Equal(
                loss, results[0].Loss, Bounds.Forward(experiment) * (loss + (model.Info.Reduction == Reduction.Mean ? 1 : positions)));
            var ratio = model.Info.Reduction == Reduction.Mean ? 1 : positions;
            Assert.Equal(results[0].Loss / ratio, results[0].LossPerPosition, 1e-12 * loss);
            var gradients = Change(experiment, parameters);
            Assert.Equal(Norm(gradients), results[0].GradientNorm, 1e-6 * Norm(gradients) + 1e-7);

            // The change of a parameter is rounded as the parameter is.
            var noise = 1e-15 * loss / step + 2e-7;
            GradientCheck.Gradients(probes, gradients, Bounds.Backward(experiment), noise);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_gradient_that_is_too_long_is_scaled_and_a_shorter_one_is_not_touched(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, Batch, seed: 23);
        var targets = TestTargets.Random(model.Info, Steps * Batch, seed: 24);
        var (free, results) = model.Train(experiment, targets, Options(), steps: 1);
        var norm = (float)results[0].GradientNorm;

        var (untouched, same) = model.Train(experiment, targets, Options(clipNorm: norm * 1.01f), steps: 1);
        Bits.AssertSame("below the limit", free, untouched);
        Assert.Equal(results, same);

        var (clipped, _) = model.Train(experiment, targets, Options(clipNorm: norm / 4), steps: 1);
        var (gradients, scaled) = (Change(experiment, free), Change(experiment, clipped));
        for (var i = 0; i < gradients.Length; i++)
            Assert.Equal(gradients[i] / 4, scaled[i], 2e-6 * Math.Abs(gradients[i]) + 2e-7);
        Assert.Equal(norm / 4, Norm(scaled), 1e-5 * norm);
    }

    private static GradientOracle Oracle(Experiment experiment, TestTargets targets)
    {
        Func<ReferenceResult, double> loss = targets.AreTokens
            ? result => ReferenceLoss.OfTokens(experiment.Info, result.Outputs, targets.Tokens)
            : result => ReferenceLoss.OfVectors(experiment.Info, result.Outputs, GradientOracle.Rows(targets.Vectors, Steps, Batch));
        var oracle = new GradientOracle(experiment, loss);
        oracle.Tensors.RemoveAll(tensor => tensor.Offset >= experiment.Info.ParameterCount);
        return oracle;
    }

    private static TrainerOptions Options(float clipNorm = 0) => new()
    {
        BatchSize = Batch,
        SequenceLength = Steps,
        Optimizer = new Sgd(1),
        ClipNorm = clipNorm,
        Threads = 1,
    };

    private static float[] Change(Experiment experiment, float[] parameters) =>
        [.. experiment.Parameters.Zip(parameters, (before, after) => before - after)];

    private static double Norm(float[] gradients) => Math.Sqrt(gradients.Sum(g => (double)g * g));
}
