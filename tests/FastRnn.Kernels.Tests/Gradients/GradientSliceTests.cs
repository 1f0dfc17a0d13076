using FastRnn.Execution;
using FastRnn.Tests.Before;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

/// <summary>The slices in which ranks hand gradients on.</summary>
public sealed class GradientSliceTests
{
    public static TheoryData<string> Models => [.. TestModels.NamesOf<CoreModels>(), .. StructuredModels.NamesOf<CoreModels>()
        .Except(TestModels.NamesOf<CoreModels>())];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_gradient_and_every_tile_is_in_one_slice(string name)
    {
        var (info, work, slices) = Of(name);
        var taken = new int[info.ParameterCount];
        foreach (var (offset, count) in slices.SelectMany(slice => slice.Ranges))
        {
            foreach (ref var number in taken.AsSpan(offset, count))
                number++;
        }

        Assert.All(taken, times => Assert.Equal(1, times));
        var tiles = slices.SelectMany(slice => Enumerable.Range(slice.TileBegin, slice.TileEnd - slice.TileBegin));
        Assert.Equal(Enumerable.Range(0, work.Tiles), tiles.Order());
        Assert.Single(slices, slice => slice.HasOthers);
    }

    /// <summary>Where nothing but products has gradients, a large model is on its way while it is computed, its biases with the rows of
    /// their matrices.</summary>
    [Theory]
    [InlineData(nameof(MixedStack))]
    [InlineData(nameof(LargeText))]
    [InlineData(nameof(BeforeVectors))]
    public void A_slice_has_rows_of_one_layer_and_their_biases(string name)
    {
        var (info, _, slices) = Of(name);
        Assert.InRange(slices.Length, info.Layers.Count + 1, int.MaxValue);
        foreach (var slice in slices.Where(slice => !slice.HasOthers))
        {
            var layer = info.Layers[slice.Layer];
            foreach (var (offset, count) in slice.Ranges)
                Assert.InRange(offset, layer.ParameterOffset, layer.ParameterOffset + layer.ParameterCount - count);
        }

        // The biases of the last layer are complete when its rows are, before any other layer's.
        var last = info.Layers[^1];
        var bias = last.Parameters.Single(parameter => parameter.IsVector);
        var owners = Enumerable.Range(0, bias.Count).Select(unit => Array.FindIndex(slices, slice => slice.Ranges.Any(range =>
            last.ParameterOffset + bias.Offset + unit - range.Offset is var at && at >= 0 && at < range.Count)));
        Assert.All(owners, owner => Assert.Equal((info.Layers.Count - 1, false), (slices[owner].Layer, slices[owner].HasOthers)));
    }

    private static (ModelInfo Info, WeightGradientPlan Work, GradientSlice[] Slices) Of(string name)
    {
        var info = TestModels.Names.Contains(name) ? TestModels.Of(name).Info : StructuredModels.Of(name).Info;
        var work = new WeightGradientPlan(info, TestWidths.Narrowest);
        return (info, work, GradientSlices.Of(info, work));
    }
}
