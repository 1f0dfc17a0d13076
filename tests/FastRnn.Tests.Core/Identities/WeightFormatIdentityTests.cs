using FastRnn.Tests.Models;

namespace FastRnn.Tests.Identities;

/// <summary>With rounded weights too, the same bits come out whatever the width, the threads, the batch and the calls.</summary>
public abstract class WeightFormatIdentityTests<TModels>(WeightFormat format)
    where TModels : IModelSet
{
    private const int Steps = 37;
    private const int Batch = 3;

    public static TheoryData<string> Models => [.. TestModels.NamesOf<TModels>()];

    [Theory]
    [MemberData(nameof(Models))]
    public void Widths_threads_batch_and_chunks_give_the_same_bits(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, Batch, seed: 9);
        var expected = model.Infer(experiment, [Steps], TestWidths.Narrowest, weights: format);
        foreach (var width in TestWidths.All)
        {
            foreach (var threads in (int[])[1, 2, 3])
            {
                var got = model.Infer(experiment, [Steps], width, threads, format);
                Bits.AssertSame($"{width}, {threads} threads", expected, got);
            }
        }

        for (var row = 0; row < Batch; row++)
        {
            var alone = experiment.Rows(row, row + 1);
            var (outputs, states) = (experiment.RowsOf(expected.Outputs, row, row + 1), experiment.RowsOf(expected.States, row, row + 1));
            var expectedAlone = expected with { Outputs = outputs, States = states };
            foreach (var width in TestWidths.All)
            {
                // Another number of threads for each row, so that every way to cut meets 1, 2 and 3.
                var threads = row;
                foreach (var calls in Chunks.Of(Steps))
                {
                    threads = (threads % 3) + 1;
                    var got = model.Infer(alone, calls, width, threads, format);
                    Bits.AssertSame($"row {row} alone, {width}, {threads} threads, calls of {calls[0]} steps", expectedAlone, got);
                }
            }
        }
    }
}
