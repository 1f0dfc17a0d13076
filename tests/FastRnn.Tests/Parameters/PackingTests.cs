using FastRnn.CompilerServices;
using FastRnn.Parameters;

namespace FastRnn.Tests.Parameters;

/// <summary>Where weights go in a panel, held against the formula of <see cref="PanelTerm"/>.</summary>
public sealed unsafe class PackingTests
{
    private const float Untouched = -1;

    /// <summary>Rows and columns, in sizes of whole blocks of a transposition and others.</summary>
    [Theory]
    [InlineData(1, 40)]
    [InlineData(40, 1)]
    [InlineData(1, 1)]
    public void A_weight_stands_where_its_term_says(int unitStride, int stride)
    {
        foreach (var (length, units, step) in ((int, int, int)[])[(1, 1, 4), (8, 8, 8), (16, 24, 32), (19, 13, 16), (7, 16, 16)])
        {
            const int FirstUnit = 2, Source = 5;
            var from = Enumerable.Range(1, Source + ((FirstUnit + units) * unitStride) + (length * stride)).Select(i => (float)i).ToArray();
            var to = Enumerable.Repeat(Untouched, length * step).ToArray();
            fixed (float* parameters = from, at = to)
            {
                Packing.PackTerm(new(Source, unitStride, stride), length, parameters, at, step, FirstUnit, units);
            }

            for (var i = 0; i < to.Length; i++)
            {
                var (k, unit) = (i / step, i % step);
                Assert.Equal(unit < units ? from[Source + ((FirstUnit + unit) * unitStride) + (k * stride)] : Untouched, to[i]);
            }
        }
    }

    /// <summary>Behind the last unit of a panel there are other parameters, and in the panel numbers that stay 0: a cell leaves behind its
    /// last unit what they make.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void The_head_of_the_last_tile_ends_with_the_last_unit(int lanes)
    {
        const int Units = 21;
        var panel = new PanelInfo(Units, new(2, 1, 1), [[3], [1, 2]], []);
        var from = Enumerable.Range(1, 100).Select(i => (float)i).ToArray();
        var to = new float[panel.Floats(lanes)];
        fixed (float* parameters = from, packed = to)
        {
            Packing.PackHeads(panel, lanes, parameters, packed, 0, panel.Tiles(lanes));
        }

        var (tileUnits, tileFloats) = (panel.TileUnits(lanes), panel.TileFloats(lanes));
        for (var i = 0; i < to.Length; i++)
        {
            var unit = (i / tileFloats * tileUnits) + (i % tileUnits);
            var isFirst = i % tileFloats < tileUnits;
            Assert.Equal(unit >= Units ? 0 : isFirst ? from[3 + unit] : from[1 + unit] + from[2 + unit], to[i]);
        }
    }
}
