using FastRnn.CompilerServices;

namespace FastRnn.Tests.Kernels;

public sealed class TileRowsTests
{
    [Theory]
    [InlineData(32, 6, new[] { 6, 6, 5, 5, 5, 5 })]
    [InlineData(16, 6, new[] { 6, 5, 5 })]
    [InlineData(64, 9, new[] { 8, 8, 8, 8, 8, 8, 8, 8 })]
    [InlineData(8, 6, new[] { 6, 2 })]
    [InlineData(3, 6, new[] { 3 })]
    [InlineData(3, 1, new[] { 1, 1, 1 })]
    public void Rows_are_cut_into_the_largest_tile_and_the_next_smaller_one_if_they_can_be(int rows, int most, int[] expected)
    {
        var tiles = new List<int>();
        for (var left = rows; left > 0; left -= tiles[^1])
            tiles.Add(LayerCall.TileRows(left, most));
        Assert.Equal(expected, tiles);
    }
}
