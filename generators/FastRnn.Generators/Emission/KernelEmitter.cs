using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits a layer's kernels for one vector width: the walk over tiles, the tiles, single rows, the epilogues.</summary>
internal sealed class KernelEmitter(CodeWriter code, LayerPlan plan, int width)
{
    private readonly int widthIndex = width == 128 ? 0 : width == 256 ? 1 : 2;

    public static string ClassName(LayerPlan plan, int width) => plan.Name + "_W" + CodeWriter.Number(width);

    public void Emit()
    {
        code.Line($"/// <summary>{Names.Xml(plan.Summary)}</summary>");
        code.Open($"internal static unsafe class {ClassName(plan, width)}");
        var time = new TimeWalkEmitter(code, plan, widthIndex);
        time.Forward();
        var int8 = new Int8Emitter(code, plan, widthIndex);
        if (plan.HasInt8)
        {
            int8.Walk();
        }

        time.Backward();
        foreach (var kernel in Kernels())
        {
            Tiles(kernel);
            foreach (var rows in Tile(kernel).Rows.Where(_ => kernel.Accumulators.Count > 0 && Tile(kernel).Product is null))
            {
                code.Line();
                new TileEmitter(code, plan, kernel, Tile(kernel)).Emit(rows);
            }

            if (kernel.Fetched.Count > 0)
            {
                code.Line();
                new FetchEmitter(code, plan, kernel, Tile(kernel)).Emit();
            }

            if (kernel.HasRowNumbers)
            {
                code.Line();
                new ReductionEmitter(code, plan, kernel, Tile(kernel)).Emit();
            }

            Rows(kernel);
            if (Tile(kernel).Row is not null && plan.HasInt8)
            {
                int8.Emit(kernel, Equations(kernel).UsesHead, HoistOffset(kernel));
            }

            Epilogue(kernel, "Epilogue", Equations(kernel), "What follows the sums of " + kernel.Name);
            if (kernel.Finish.Count > 0)
            {
                Epilogue(kernel, "Finish", Finish(kernel), "The gradients of the initial states");
            }
        }

        code.Close();
    }

    private EquationsEmitter Equations(KernelPlan kernel) =>
        new(code, kernel, Tile(kernel), EquationsPlan.Of(kernel.Epilogue), kernel.Name, Tile(kernel).InlinesEpilogue);

    private EquationsEmitter Finish(KernelPlan kernel) =>
        new(code, kernel, Tile(kernel), EquationsPlan.Of(kernel.Finish), kernel.Name + "Finish", Tile(kernel).InlinesFinish);

    private void Rows(KernelPlan kernel)
    {
        if (Tile(kernel).Row is { IsProduct: true })
        {
            if (kernel.Hoisted is not null)
            {
                code.Line();
                new HoistEmitter(code, plan, kernel, Tile(kernel), HoistOffset(kernel), null).Emit();
            }

            code.Line();
            new RowProductEmitter(code, plan, kernel, Tile(kernel), Equations(kernel), HoistOffset(kernel)).Emit();
        }

        foreach (var variant in RowVariant.Of(plan).Where(v => v.IsOwn(kernel, Tile(kernel))))
        {
            if (variant.Hoisted)
            {
                code.Line();
                new HoistEmitter(code, plan, kernel, Tile(kernel), HoistOffset(kernel), variant).Emit();
            }

            code.Line();
            new RowEmitter(code, plan, kernel, Tile(kernel), Equations(kernel), variant, HoistOffset(kernel)).Emit();
        }
    }

    /// <summary>Floats of a step's hoisted sums of the kernels before this one.</summary>
    private long HoistOffset(KernelPlan kernel) =>
        plan.Forward.TakeWhile(k => !k.Equals(kernel)).Sum(k => k.HoistFloats(Tile(k)));

    private void Epilogue(KernelPlan kernel, string name, EquationsEmitter equations, string summary)
    {
        code.Line();
        new EpilogueEmitter(code, plan, kernel, Tile(kernel)).Emit(kernel.Name + name, equations, summary + ", row by row.");
        code.Line();
        equations.Emit(summary + ", for one vector of units.");
    }

    private IEnumerable<KernelPlan> Kernels() => plan.Forward.Concat(plan.Backward)
        .Concat(plan.InputGradient is { } input ? [input] : []);

    private TilePlan Tile(KernelPlan kernel) => kernel.Tiles[widthIndex];

    /// <summary>The walk over the tiles of one step: a panel stays near while the rows pass over it.</summary>
    private void Tiles(KernelPlan kernel)
    {
        var tile = Tile(kernel);
        var units = tile.Units;
        code.Line();
        code.Line($"/// <summary>{Names.Xml(kernel.Title)}, all tiles of step t.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open($"private static void {kernel.Name}(in LayerCall call, int t, float* w)");
        ReductionEmitter.EmitCall(code, kernel);
        if (tile.Product is { } product)
        {
            new ProductEmitter(code, plan, kernel, tile, product).Begin();
        }

        if (plan.Forward.Contains(kernel))
        {
            var tiles = CodeWriter.Number(tile.Count(kernel.Units));
            code.Line($"var end = call.EndTile({tiles}) * {units};");
            code.Line($"w += (nint)call.FirstTile({tiles}) * {CodeWriter.Number(kernel.TileFloats(tile, false))};");
            code.Open(
                $"for (var unit = call.FirstTile({tiles}) * {units}; unit < end; unit += {units}, "
                    + $"w += {CodeWriter.Number(kernel.TileFloats(tile, false))})");
        }
        else
        {
            code.Open(
                $"for (var unit = 0; unit < {kernel.Units}; unit += {units}, w += {CodeWriter.Number(kernel.TileFloats(tile, false))})");
        }

        if (kernel.Accumulators.Count == 0)
        {
            Epilogue(kernel, "call.RowBegin", "call.RowEnd - call.RowBegin");
        }
        else
        {
            RowTiles(kernel, tile);
        }

        code.Close();
        code.Close();
    }

    private void RowTiles(KernelPlan kernel, TilePlan tile)
    {
        var product = tile.Product is { } form ? new ProductEmitter(code, plan, kernel, tile, form) : null;
        code.Open("for (int row = call.RowBegin, rows; row < call.RowEnd; row += rows)");
        code.Line(product?.StepRows("call.RowEnd - row") ?? $"rows = LayerCall.TileRows(call.RowEnd - row, {tile.Rows[0]});");
        if (kernel.Fetched.Count > 0)
        {
            code.Open("if (t >= 0)");
            code.Line($"{kernel.Name}Fetch(in call, t, row, rows, unit);");
            code.Close();
            code.Line();
        }

        if (product is null)
        {
            TileMethods.Switch(code, tile, rows => $"{TileMethods.Name(kernel, rows)}(in call, t, row, w);");
        }
        else
        {
            code.Line(product.Sum("tile", "w", "row"));
        }

        code.Line();
        Epilogue(kernel, "row", "rows");
        code.Close();
    }

    private void Epilogue(KernelPlan kernel, string row, string rows)
    {
        if (kernel.Finish.Count > 0)
        {
            code.Open("if (t < 0)");
            code.Line(Call(kernel, "Finish", Finish(kernel), row, rows));
            code.Close();
            code.Open("else");
            code.Line(Call(kernel, "Epilogue", Equations(kernel), row, rows));
            code.Close();
        }
        else
        {
            code.Line(Call(kernel, "Epilogue", Equations(kernel), row, rows));
        }
    }

    private static string Call(KernelPlan kernel, string name, EquationsEmitter equations, string row, string rows) =>
        $"{kernel.Name}{name}(in call, t, {row}, {rows}, unit{(equations.UsesHead ? ", w" : "")});";
}
