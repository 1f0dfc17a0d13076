using FastRnn.Execution;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Execution;

public sealed class GradientSlicesTests
{
    /// <summary>What ranks send each other one after the other is all of the gradient, and nothing of it twice.</summary>
    [Fact]
    public void The_slices_of_a_large_model_are_its_parameters()
    {
        var info = WideTranslator.Info;
        foreach (var width in TestWidths.All)
        {
            var plan = new WeightGradientPlan(info, width);
            var slices = GradientSlices.Of(info, plan);
            Assert.True(slices.Length > 8, $"{slices.Length} slices");

            var done = 0;
            foreach (var (offset, count) in slices.SelectMany(slice => slice.Ranges).OrderBy(range => range.Offset))
            {
                Assert.Equal(done, offset);
                done += count;
            }

            Assert.Equal(info.ParameterCount, done);
            Assert.Equal(plan.Tiles, slices.Sum(slice => slice.TileEnd - slice.TileBegin));
            Assert.Single(slices, slice => slice.HasOthers);
        }
    }
}
