using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Tests.Scheduling;

/// <summary>How many tiles a single row's kernel sums at once.</summary>
public sealed class RowTilesTests
{
    private const int SumsThatHideTheLatency = 8;
    private const int MostSums = 12;

    [Fact]
    public void Sums_hide_the_latency_and_fit_the_registers()
    {
        for (var accumulators = 1; accumulators <= 15; accumulators++)
        {
            for (var units = 1; units <= 300; units++)
            {
                foreach (var chains in (int[])[1, 2, 4])
                {
                    foreach (var tile in TilePolicy.Choose(accumulators, units, chains))
                    {
                        var sums = accumulators * tile.UnitBlocks * chains;
                        var tiles = Tiles(tile, units);
                        var isEnough = sums * tile.RowTiles >= SumsThatHideTheLatency || tile.RowTiles == tiles
                            || sums * (tile.RowTiles + 1) > MostSums;
                        Assert.InRange(tile.RowTiles, 1, tiles);
                        Assert.True(tile.RowTiles == 1 || sums * tile.RowTiles <= MostSums, $"{tile.RowTiles} tiles of {sums} sums");
                        Assert.True(isEnough, $"{tile.RowTiles} of {tiles} tiles of {sums} sums");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(16, 1)]
    [InlineData(48, 3)] // all of them
    [InlineData(112, 2)]
    [InlineData(128, 2)]
    [InlineData(144, 3)] // one more, because nothing remains then
    public void An_lstm_of_512_bits_sums_two_or_three_tiles_of_four_gates(int units, int expected) =>
        Assert.Equal(expected, TilePolicy.Choose(4, units)[2].RowTiles);

    [Fact]
    public void A_kernel_without_sums_has_one_tile_at_once() =>
        Assert.All(TilePolicy.Choose(0, 100), tile => Assert.Equal(1, tile.RowTiles));

    private static int Tiles(TilePlan tile, int units) => (units + (tile.Lanes * tile.UnitBlocks) - 1) / (tile.Lanes * tile.UnitBlocks);
}
