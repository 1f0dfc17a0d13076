using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits what follows a finished tile: the equations, row by row, over the sums in the scratch.</summary>
internal sealed class EpilogueEmitter(CodeWriter code, LayerPlan plan, KernelPlan kernel, TilePlan tile)
{
    public void Emit(string name, EquationsEmitter equations, string summary)
    {
        code.Line($"/// <summary>{Names.Xml(summary)}</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open(
            $"private static void {name}(in LayerCall call, int t, int firstRow, int rows, "
                + $"int firstUnit{(equations.UsesHead ? ", float* tile" : "")})");
        if (tile.UnitBlocks > 1)
        {
            code.Line($"var end = Math.Min(firstUnit + {tile.Lanes * tile.UnitBlocks}, {kernel.PaddedUnits});");
        }

        code.Open("for (var row = firstRow; row < firstRow + rows; row++)");
        foreach (var slot in equations.Slots)
        {
            code.Line($"var {slot.Name} = {RowPointers.Address(plan, slot, "row")};");
        }

        if (equations.UsesSums)
        {
            code.Line($"var sums = call.Scratch + ((nint)(row - firstRow) * {kernel.Accumulators.Count * tile.UnitBlocks * tile.Lanes});");
        }

        Units(equations);
        code.Close();
        code.Close();
    }

    private void Units(EquationsEmitter equations)
    {
        if (tile.UnitBlocks == 1)
        {
            code.Line(equations.Call("firstUnit", "tile", Sum));
            return;
        }

        if (equations.UsesHead)
        {
            code.Line("var head = tile;");
        }

        var advance = $"unit += {tile.Lanes}"
            + (equations.UsesSums ? $", sums += {tile.Lanes}" : "")
            + (equations.UsesHead ? $", head += {tile.Lanes}" : "");
        code.Open($"for (var unit = firstUnit; unit < end; {advance})");
        code.Line(equations.Call("unit", "head", Sum));
        code.Close();
    }

    private string Sum(int accumulator)
    {
        var offset = accumulator * tile.UnitBlocks * tile.Lanes;
        return offset == 0 ? "Simd.Load(sums)" : $"Simd.Load(sums + {CodeWriter.Number(offset)})";
    }
}
