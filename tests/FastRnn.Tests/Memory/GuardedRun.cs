using FastRnn.Tests.Models;
using FastRnn.Tests.Processes;

namespace FastRnn.Tests.Memory;

/// <summary>Training, whole sequences and streams, in a process whose buffers all stand at pages that must not be touched: several
/// workers, batches without room to spare, ragged and not, and streams whose products are made ahead, from weights of every
/// format.</summary>
internal sealed class GuardedRun : IProgram
{
    private const int Workers = 3;

    // More than products are made ahead for, so that some begin in the middle.
    private const int Steps = 37;

    public void Run()
    {
        foreach (var width in TestWidths.All)
        {
            Batches<Translator>(width);
            Batches<NormalisedText>(width);
            Batches<LastOfBoth>(width);
            Chain<MixedStack>(width);
            Chain<LargeNormalised>(width);
        }

        Console.WriteLine(nameof(GuardedRun));
    }

    private static void Batches<TModel>(SimdWidth width)
        where TModel : class, IModel<TModel>
    {
        var model = new StructuredModel<TModel>();
        var batch = StructuredBatch.Random(model.Info, [4, 1, 9, 3, 9, 2], [2, 7, 1, 5, 3, 7], seed: 1);
        var parameters = Experiment.RandomParameters(model.Info, new Random(2));
        model.Predict(parameters, batch, width, Workers);
        model.Accumulate(parameters, [batch], width, Workers);
    }

    private static void Chain<TModel>(SimdWidth width)
        where TModel : class, IModel<TModel>
    {
        var model = new TestModel<TModel>();
        foreach (var batch in (int[])[1, Workers])
        {
            model.Backpropagate(Experiment.Random(model.Info, steps: 3, batch, seed: 3), width, batch);
            var experiment = Experiment.Random(model.Info, Steps, batch, seed: 4);
            foreach (var format in Enum.GetValues<WeightFormat>())
                model.Infer(experiment, [Steps], width, threads: batch, format);
        }
    }
}
