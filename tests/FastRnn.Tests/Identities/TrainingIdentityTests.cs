using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Identities;

/// <summary>After twenty steps of training every weight still has the same bits, whoever did them.</summary>
public sealed class TrainingIdentityTests
{
    private const int Steps = 9;
    private const int Batch = 5;

    public static TheoryData<string> Models => [.. TestModels.WithLoss.Where(name => name != nameof(LargeText))];

    [Theory]
    [MemberData(nameof(Models))]
    public void Threads_and_widths_train_the_same_weights(string name)
    {
        foreach (var optimizer in (Func<Optimizer>[])[() => new Sgd(0.01f, 0.9f, 1e-3f, nesterov: true), () => new AdamW(0.01f)])
        {
            var expected = Train(name, optimizer(), TestWidths.Narrowest, threads: 1);
            foreach (var width in TestWidths.All)
                AssertSame($"{width}", expected, Train(name, optimizer(), width, threads: 1));
            foreach (var threads in (int[])[2, 3, 5])
                AssertSame($"{threads} threads", expected, Train(name, optimizer(), SimdWidth.Auto, threads));
        }
    }

    [Fact]
    public void A_large_model_trains_the_same_weights_on_any_number_of_threads()
    {
        var expected = Train(nameof(LargeText), new Adam(), SimdWidth.Auto, threads: 1, count: 3);
        foreach (var threads in (int[])[2, 3, 5])
            AssertSame($"{threads} threads", expected, Train(nameof(LargeText), new Adam(), SimdWidth.Auto, threads, count: 3));
    }

    private static (float[] Parameters, IReadOnlyList<TrainingResult> Results) Train(
        string name, Optimizer optimizer, SimdWidth width, int threads, int count = 20)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, Batch, seed: 8);
        var targets = TestTargets.Random(model.Info, Steps * Batch, seed: 9);
        var options = new TrainerOptions
        {
            BatchSize = Batch,
            SequenceLength = Steps,
            Optimizer = optimizer,
            ClipNorm = 1,
            Threads = threads,
        };
        return model.Train(experiment, targets, options, count, width);
    }

    private static void AssertSame(
        string what,
        (float[] Parameters, IReadOnlyList<TrainingResult> Results) expected,
        (float[] Parameters, IReadOnlyList<TrainingResult> Results) got)
    {
        Assert.Equal(expected.Results, got.Results);
        Bits.AssertSame(what, expected.Parameters, got.Parameters);
    }
}
