using FastRnn.Models;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Gradients;

/// <summary>A sequence whose tape does not fit the memory: its forward pass is computed twice, its gradient is that of the whole sequence.</summary>
public sealed class RecomputationTests
{
    private const int Steps = 120;
    private const int Batch = 6;

    [Theory]
    [InlineData(nameof(LossOnTheCell))]
    [InlineData(nameof(EmbeddedTextMean))]
    [InlineData(nameof(PianoRoll))]
    public void The_gradient_is_that_of_the_equations_over_the_whole_sequence(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, Batch, seed: 90).FromZero();
        var targets = Targets.Random(model.Info, Steps * Batch, seed: 91);
        var oracle = new GradientOracle(experiment, targets.AreTokens
            ? result => ReferenceLoss.OfTokens(model.Info, result.Outputs, targets.Tokens)
            : result => ReferenceLoss.OfVectors(model.Info, result.Outputs, GradientOracle.Rows(targets.Vectors, Steps, Batch)));
        oracle.Tensors.RemoveAll(tensor => tensor.Offset >= model.Info.ParameterCount);
        var probes = Probe.Of(oracle, effort: 100, FiniteDifferences.DefaultStep, seed: 92);
        var loss = oracle.Loss(oracle.Point);
        var segments = new HashSet<int>();
        foreach (var steps in (int[])[Steps / 2, Steps / 6])
        {
            // What a shorter tape takes, and a little for the states between its segments.
            var options = Options(Steps, StructuredModels.All[name].MemoryBytes(Options(steps, 0)).Bytes + 16_384);
            var (bytes, segment) = StructuredModels.All[name].MemoryBytes(options);
            Assert.InRange(bytes, 1, options.MemoryBytes);
            Assert.InRange(segment, 1, Steps - 1);
            segments.Add(segment);

            var (parameters, results) = model.Train(experiment, targets, options, steps: 1);
            Assert.Equal(loss, results[0].Loss, Bounds.Forward(experiment) * loss);
            float[] gradients = [.. experiment.Parameters.Zip(parameters, (before, after) => before - after)];

            // The change of a parameter is rounded as the parameter is.
            GradientCheck.Gradients(probes, gradients, Bounds.Backward(experiment), 1e-15 * loss / FiniteDifferences.DefaultStep + 2e-7);
        }

        Assert.Equal(2, segments.Count);
    }

    private static TrainerOptions Options(int steps, long bytes) => new()
    {
        BatchSize = Batch,
        SequenceLength = steps,
        Optimizer = new Sgd(1),
        MemoryBytes = bytes,
        CarryState = false,
        Threads = 2,
    };
}
