namespace FastRnn.Execution;

/// <summary>A part of the gradients that is added and sent by itself: rows of tiles of one product, or all that is no product.</summary>
/// <param name="TileBegin">The first tile, among those of all matrices.</param>
/// <param name="TileEnd">One past the last.</param>
/// <param name="Layer">The last of the layers, on the way back, whose backward pass it needs.</param>
/// <param name="HasOthers">Whether sums of vectors, tables and first states belong to it.</param>
/// <param name="Ranges">Where it stands among the gradients of all parameters.</param>
internal readonly record struct GradientSlice(int TileBegin, int TileEnd, int Layer, bool HasOthers, (int Offset, int Count)[] Ranges)
{
    /// <summary>All of them.</summary>
    public static GradientSlice Whole(ModelInfo info, WeightGradientPlan work) =>
        new(0, work.Tiles, 0, true, [(0, info.ParameterCount)]);
}
