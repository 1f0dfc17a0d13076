using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Identities;

/// <summary>A batch of sequences of one length is the same to a chain of layers as the spans of a step.</summary>
public abstract class SequenceStreamTests<TModels>
    where TModels : IModelSet
{
    private const int Steps = 6;
    private const int Batch = 5;

    public static TheoryData<string> Models =>
        [.. TestModels.WithLossOf<TModels>().Where(name => name != nameof(LargeText) && StructuredModels.Contains(name))];

    [Theory]
    [MemberData(nameof(Models))]
    public void Both_train_the_same_weights(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, Batch, seed: 80);
        var targets = TestTargets.Random(model.Info, Steps * Batch, seed: 81);
        var options = new TrainerOptions
        {
            BatchSize = Batch,
            SequenceLength = Steps,
            Optimizer = new Sgd(0.1f, 0.9f),
            CarryState = false,
            Threads = 2
        };
        var (expected, _) = model.Train(experiment, targets, options, steps: 3);

        var sequences = StructuredBatch.OfSteps(experiment, targets);
        Bits.AssertSame("parameters", expected, StructuredModels.Of(name).Train(experiment.Parameters, sequences, steps: 3));
    }
}
