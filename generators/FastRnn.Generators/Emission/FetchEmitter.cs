using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits what asks, before a tile's long sums, for the cache lines that the epilogue after them will read or write: the tape and
/// the states of a step that was recorded long ago, and dPre. They come while the sums are made.</summary>
internal sealed class FetchEmitter(CodeWriter code, LayerPlan plan, KernelPlan kernel, TilePlan tile)
{
    private const int LineFloats = 16;

    public void Emit()
    {
        code.Line($"/// <summary>Asks for what the epilogue of {kernel.Name} will read.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open($"private static void {kernel.Name}Fetch(in LayerCall call, int t, int firstRow, int rows, int firstUnit)");
        code.Line($"var end = Math.Min(firstUnit + {tile.Lanes * tile.UnitBlocks}, {kernel.PaddedUnits});");
        code.Open("for (var row = firstRow; row < firstRow + rows; row++)");
        foreach (var slot in kernel.Fetched.GroupBy(s => s.Name).Select(g => g.First()))
        {
            code.Line($"var {slot.Name} = {RowPointers.Address(plan, slot, "row")};");
        }

        code.Open($"for (var unit = firstUnit; unit < end; unit += {LineFloats})");
        foreach (var slot in kernel.Fetched)
        {
            code.Line($"CacheHint.First({ExpressionPrinter.Address(slot)});");
        }

        code.Close();
        code.Close();
        code.Close();
    }
}
