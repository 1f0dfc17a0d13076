using FastRnn.Execution;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Identities;

public sealed class StreamIdentityTests : StreamIdentityTests<CoreModels>
{
    [Theory]
    [InlineData(nameof(LargeText))]
    [InlineData(nameof(LargeStack))]
    [InlineData(nameof(LargeNormalised))]
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
