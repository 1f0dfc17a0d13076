using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Tests.Scheduling;

/// <summary>Tiles fit the registers and waste little.</summary>
public sealed class TilePolicyTests
{
    [Fact]
    public void Accumulators_and_operands_fit_the_registers_wherever_one_row_does()
    {
        for (var accumulators = 1; accumulators <= 15; accumulators++)
        {
            for (var units = 1; units <= 300; units++)
            {
                foreach (var tile in TilePolicy.Choose(accumulators, units))
                {
                    var registers = tile.Lanes == 16 ? 32 : 16;
                    var n = accumulators * tile.UnitBlocks;
                    var m = tile.Rows[0];
                    Assert.True(m == 1 || m * n + Math.Min(m, n) + 1 <= registers, $"{m} rows x {n} vectors of {tile.Lanes}");
                    Assert.Equal(1, tile.Rows[^1]);
                    Assert.True(tile.Rows.SequenceEqual(tile.Rows.OrderDescending()));
                }
            }
        }
    }

    [Fact]
    public void An_lstm_of_512_bits_keeps_6_rows_of_4_gates()
    {
        var tile = TilePolicy.Choose(4, 128)[2];
        Assert.Equal((16, 1, 6), (tile.Lanes, tile.UnitBlocks, tile.Rows[0]));
    }

    [Fact]
    public void A_single_accumulator_takes_four_vectors_of_units()
    {
        var tile = TilePolicy.Choose(1, 128)[2];
        Assert.Equal((4, 6), (tile.UnitBlocks, tile.Rows[0]));
    }

    [Fact]
    public void A_scratch_of_one_worker_holds_every_tile()
    {
        const int ScratchFloats = 2048;
        for (var accumulators = 1; accumulators <= 64; accumulators++)
        {
            foreach (var tile in TilePolicy.Choose(accumulators, 200))
            {
                Assert.True(tile.Rows[0] * accumulators * tile.UnitBlocks * tile.Lanes <= ScratchFloats);
            }
        }
    }
}
