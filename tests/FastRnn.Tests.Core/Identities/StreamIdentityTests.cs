using FastRnn.Execution;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Identities;

/// <summary>A stream of one row has kernels of its own, which walk through the weights to and fro; few rows of a large model share out
/// the units. Neither changes a bit.</summary>
public abstract class StreamIdentityTests<TModels>
    where TModels : IModelSet
{
    // Steps and runs of 3, 7 and 64 all pass the end of a session's block in the middle of something.
    private const int Steps = 71;

    public static TheoryData<string> Models => [.. TestModels.NamesOf<TModels>()];

    public static TheoryData<string> LargeModels =>
        [.. TestModels.NamesOf<TModels>().Where(name => TestModels.Has(name, TestTraits.Splits))];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_stream_in_chunks_gives_the_bits_of_a_row_in_a_batch(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, batch: 2, seed: 10);
        var both = model.Infer(experiment, [Steps]);
        var expected = both with { Outputs = experiment.RowsOf(both.Outputs, 1, 2), States = experiment.RowsOf(both.States, 1, 2) };
        var alone = experiment.Rows(1, 2);
        foreach (var width in TestWidths.All)
        {
            foreach (var calls in Chunks.Of(Steps))
                Bits.AssertSame($"{width}, calls of {calls[0]} steps", expected, model.Infer(alone, calls, width));
        }
    }

    [Theory]
    [MemberData(nameof(LargeModels))]
    public void Units_split_among_threads_give_the_same_bits(string name)
    {
        var model = TestModels.Of(name);
        Assert.Contains(model.Info.Layers, layer => layer.MultiplyAdds >= RunSizes.WorthSplitting);
        foreach (var batch in (int[])[1, 2, 5])
        {
            var experiment = Experiment.Random(model.Info, Steps, batch, seed: 11);
            var expected = model.Infer(experiment, [Steps], TestWidths.Narrowest);
            foreach (var width in TestWidths.All)
            {
                foreach (var threads in (int[])[1, 2, 3])
                {
                    foreach (var calls in (int[][])[[Steps], [.. Enumerable.Repeat(0, Steps)], [7, 64]])
                        Bits.AssertSame(
                            $"{batch} rows, {width}, {threads} threads", expected, model.Infer(experiment, calls, width, threads));
                }
            }
        }
    }
}
