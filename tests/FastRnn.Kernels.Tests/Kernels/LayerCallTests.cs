using FastRnn.CompilerServices;

namespace FastRnn.Tests.Kernels;

public sealed class LayerCallTests
{
    [Fact]
    public void Every_tile_belongs_to_one_part()
    {
        for (var tiles = 0; tiles < 20; tiles++)
        {
            for (var parts = 1; parts <= 5; parts++)
            {
                var end = 0;
                for (var part = 0; part < parts; part++)
                {
                    var call = new LayerCall { Part = part, Parts = parts };
                    Assert.Equal(end, call.FirstTile(tiles));
                    end = call.EndTile(tiles);
                }

                Assert.Equal(tiles, end);
            }
        }
    }

    [Fact]
    public void A_call_without_parts_is_the_whole()
    {
        var call = default(LayerCall);
        Assert.Equal((0, 7), (call.FirstTile(7), call.EndTile(7)));
    }

    [Fact]
    public void Steps_are_odd_and_even_in_turn_from_call_to_call()
    {
        var oneByOne = Enumerable.Range(0, 6).Select(position => new LayerCall { Position = position }.IsOdd(0));
        var inTwoRuns = Enumerable.Range(0, 3).Select(t => new LayerCall { Position = 0 }.IsOdd(t))
            .Concat(Enumerable.Range(0, 3).Select(t => new LayerCall { Position = 3 }.IsOdd(t)));
        Assert.Equal([false, true, false, true, false, true], oneByOne);
        Assert.Equal([false, true, false, true, false, true], inTwoRuns);
    }
}
