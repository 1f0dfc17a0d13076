using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the step of a single row of a layer whose weights outgrow the first cache: the runtime sums some tiles together, the
/// equations follow. One method does it from floats and from bfloat16 pairs, with x and without.</summary>
internal sealed class RowProductEmitter(
    CodeWriter code, LayerPlan plan, KernelPlan kernel, TilePlan tile, EquationsEmitter equations, long hoistOffset)
{
    private readonly int tiles = tile.Count(kernel.Units);
    private readonly ProductForm form = tile.Product!;

    /// <summary>What the emitted text calls the runtime's tiles of a single row, of so many vectors.</summary>
    public static string Alias(int vectors) => "Row" + CodeWriter.Number(vectors);

    /// <summary>Floats of panels before something, or of one panel, by the format of the weights.</summary>
    public static string Floats(long floats, long bfloat16) =>
        floats == bfloat16 ? CodeWriter.Number(floats)
        : $"(call.BFloat16 ? {CodeWriter.Number(bfloat16)} : {CodeWriter.Number(floats)})";

    public void Emit()
    {
        code.Line($"/// <summary>{Names.Xml(kernel.Title)}, of one row at step t.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open($"private static void {kernel.Name}Row(in LayerCall call, int t, float* w)");
        ReductionEmitter.EmitCall(code, kernel);
        code.Line("var row = call.RowBegin;");
        new ProductEmitter(code, plan, kernel, tile, form).Operands(
            o => RowPointers.Address(plan, o.Source, "row") + CodeWriter.Plus(o.Source.Offset), row: " + row");
        Sums();
        foreach (var slot in equations.Slots)
        {
            code.Line($"var {slot.Name} = {RowPointers.Address(plan, slot, "row")};");
        }

        code.Line();
        Walk();
        code.Close();
    }

    private void Sums()
    {
        var isHoisted = kernel.Hoisted is not null;
        if (isHoisted)
        {
            var step = CodeWriter.Number(kernel.HoistFloats(tile));
            code.Line(
                "var hoisted = call.Hoisted == null ? null : call.Hoisted"
                    + $"{HoistEmitter.Behind(hoistOffset)} + ((t % LayerCall.HoistSteps) * {step});");
        }

        code.Line($"nint panel = {Panel()};");
        code.Line(
            $"var sums = new RowSums(operands, {CodeWriter.Number(kernel.Operands.Count)}, w, panel, "
                + $"{CodeWriter.Number(kernel.Head.Count * tile.UnitBlocks)}, {(kernel.Biases[0] < 0 ? "false" : "true")}, "
                + $"call.Scratch, call.BFloat16{(isHoisted ? ", hoisted" : "")});");
    }

    private string Panel() => Floats(kernel.TileFloats(tile, false), kernel.TileFloats(tile, true)).Trim('(', ')');

    private void Walk()
    {
        if (tiles == tile.RowTiles)
        {
            code.Open("if (call.Part == 0)");
            Tiles("0", CodeWriter.Number(tiles), "0", CodeWriter.Number(tiles * tile.Units));
            code.Close();
            return;
        }

        var count = CodeWriter.Number(tile.RowTiles);
        RowWalkEmitter.OpenGroups(code, kernel, tile);
        if (tiles % tile.RowTiles > 0)
        {
            code.Line($"var tiles = Math.Min({count}, {CodeWriter.Number(tiles)} - tile);");
            count = "tiles";
        }

        var units = CodeWriter.Number(tile.Units);
        Tiles("tile", count, $"tile * {units}", tile.RowTiles == 1 ? $"(tile + 1) * {units}" : $"(tile + {count}) * {units}");
        code.Close();
    }

    private void Tiles(string first, string count, string unit, string end)
    {
        var sum = form.IsPart ? "SumParts" : "Sum";
        code.Line($"{Alias(form.Vectors)}.{sum}(in sums, {first}, {count});");
        code.Line("var finished = call.Scratch;");
        var vectors = CodeWriter.Number(form.Vectors * tile.Lanes);
        var head = equations.UsesHead ? $", head += panel" : "";
        if (equations.UsesHead)
        {
            code.Line($"var head = w{(first == "0" ? "" : $" + ({first} * panel)")};");
        }

        code.Open($"for (var unit = {unit}; unit < {end}; unit += {CodeWriter.Number(tile.Units)}, finished += {vectors}{head})");
        for (var block = 0; block < tile.UnitBlocks; block++)
        {
            Equations(block);
        }

        code.Close();
    }

    private void Equations(int block)
    {
        var lanes = block * tile.Lanes;
        var call = equations.Call(
            "unit" + CodeWriter.Plus(lanes), "head" + CodeWriter.Plus(lanes),
            a => $"Simd.Load(finished{CodeWriter.Plus((((long)a * tile.UnitBlocks) + block) * tile.Lanes)})");
        if (block > 0 && kernel.PaddedUnits % tile.Units != 0)
        {
            // Vectors of the last tile beyond the padded row belong to no unit.
            code.Open($"if (unit + {CodeWriter.Number(lanes)} < {CodeWriter.Number(kernel.PaddedUnits)})");
            code.Line(call);
            code.Close();
            return;
        }

        code.Line(call);
    }
}
