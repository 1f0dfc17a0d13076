namespace FastRnn.Generators.Scheduling;

/// <summary>Chooses tiles so that M x N accumulators, one operand and the smaller of M and N loaded vectors fit the registers:
/// 32 of 512 bits, 16 of 256 or 128 (SSE and AVX2; what more there is elsewhere is not used).</summary>
internal static class TilePolicy
{
    private const int WantedVectors = 4;
    private const int WidestTile = 64;
    private const int MaxRows = 12;
    private const int SquareTile = 5;
    private const int WantedRowVectors = 8;
    private const int MostRowVectors = 12;

    /// <summary>Floats of a vector of 128, 256 and 512 bits.</summary>
    private static readonly int[] Lanes = [4, 8, 16];

    public static EquatableArray<TilePlan> Choose(int accumulators, int units, int chains = 1) =>
        new(Lanes.Select(lanes => Choose(accumulators, units, lanes, chains)));

    private static TilePlan Choose(int accumulators, int units, int lanes, int chains)
    {
        var blocks = (units + lanes - 1) / lanes;
        if (accumulators == 0)
        {
            // Nothing to hold in registers: as many units as the widest tile has.
            return new TilePlan(lanes, Math.Min(blocks, WidestTile / lanes), new([1]), 1);
        }

        var unitBlocks = 1;
        for (var candidate = 2; candidate * accumulators <= WantedVectors; candidate++)
        {
            // A larger tile is worth a little waste in the last one, not a lot.
            if (Waste(blocks, candidate) <= Waste(blocks, unitBlocks) + blocks / 8)
            {
                unitBlocks = candidate;
            }
        }

        var registers = lanes == 16 ? 32 : 16;
        if (unitBlocks * accumulators == 1 && blocks == SquareTile && registers > SquareTile * SquareTile)
        {
            // One tile of 5 x 5 instead of five of 12 x 1, which load more than they multiply.
            unitBlocks = SquareTile;
        }

        var n = accumulators * unitBlocks;
        var rows = 1;
        while (rows < MaxRows && (rows + 1) * n + Math.Min(rows + 1, n) + 1 <= registers)
        {
            rows++;
        }

        // With M and M - 1 rows most batches need no smaller tile, whose few rows would wait for the weights.
        var smaller = new[] { rows - 1, 4, 2, 1 }.Where(r => r > 0 && r < rows && (r != 4 || rows >= 8 || r == rows - 1)).Distinct();
        return new TilePlan(lanes, unitBlocks, new([rows, .. smaller.OrderByDescending(r => r)]),
            RowTiles(n * chains, (blocks + unitBlocks - 1) / unitBlocks));
    }

    /// <summary>A fused multiply-add takes four cycles and two begin in each: eight sums hide that. More of them at once share the
    /// operand's loads, but let the equations of all tiles wait for the last sum.</summary>
    private static int RowTiles(int vectors, int tiles)
    {
        var most = Math.Max(1, MostRowVectors / vectors);
        if (tiles <= most)
        {
            return tiles;
        }

        var wanted = Math.Min(most, (WantedRowVectors + vectors - 1) / vectors);
        return tiles % wanted == 0 || wanted == most || tiles % (wanted + 1) != 0 ? wanted : wanted + 1;
    }

    private static int Waste(int blocks, int unitBlocks) => (blocks + unitBlocks - 1) / unitBlocks * unitBlocks - blocks;
}
