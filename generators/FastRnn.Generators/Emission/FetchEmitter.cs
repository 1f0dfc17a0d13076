using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits what asks, before a tile's long sums, for the cache lines that the epilogue after them will read or write: the tape and
/// the states of a step that was recorded long ago, and dPre. They come while the sums are made.</summary>
internal sealed class FetchEmitter(CodeWriter code, LayerPlan plan, KernelPlan kernel, TilePlan tile)
{
    private const int LineFloats = 16;

    /// <summary>Whether there are sums to hide the memory behind, and anything old to fetch.</summary>
    public static bool IsUseful(LayerPlan plan, KernelPlan kernel) => kernel.Accumulators.Count > 0 && Old(plan, kernel).Any();

    public void Emit()
    {
        var slots = Old(plan, kernel).ToList();
        code.Line($"/// <summary>Asks for what the epilogue of {kernel.Name} will read.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open($"private static void {kernel.Name}Fetch(in LayerCall call, int t, int firstRow, int rows, int firstUnit)");
        code.Line($"var end = Math.Min(firstUnit + {tile.Lanes * tile.UnitBlocks}, {kernel.PaddedUnits});");
        code.Open("for (var row = firstRow; row < firstRow + rows; row++)");
        foreach (var slot in slots.GroupBy(s => s.Name).Select(g => g.First()))
        {
            code.Line($"var {slot.Name} = {RowPointers.Address(plan, slot, "row")};");
        }

        code.Open($"for (var unit = firstUnit; unit < end; unit += {LineFloats})");
        foreach (var slot in slots)
        {
            code.Line($"CacheHint.First({ExpressionPrinter.Address(slot)});");
        }

        code.Close();
        code.Close();
        code.Close();
    }

    private static IEnumerable<Slot> Old(LayerPlan plan, KernelPlan kernel) => EpilogueLoads.Of(kernel.Epilogue)
        .Where(s => !s.IsLine && s.Buffer is BufferKind.Tape or BufferKind.State or BufferKind.DOutput)
        .Concat(kernel.Epilogue.OfType<Statement.Store>().Select(s => s.Slot).Where(s => s.Buffer == BufferKind.DPre && !plan.DPreOnTape))
        .Distinct();
}
