using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the products with x of a single row's next steps, made before these steps begin: steps take the place of a batch's
/// rows.</summary>
internal sealed class HoistEmitter(CodeWriter code, LayerPlan plan, KernelPlan kernel, TilePlan tile, long offset, RowVariant? variant)
{
    private readonly KernelPlan part = kernel.Hoisted!;
    private readonly long stepFloats = kernel.HoistFloats(tile);
    private readonly bool bfloat16 = variant is { BFloat16: true } && kernel.Operands[0].IsPaired;

    /// <summary>The emitted method for a block of steps.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="variant">Null for a method of floats and bfloat16 weights.</param>
    public static string MethodName(KernelPlan kernel, RowVariant? variant) =>
        kernel.Name + "Hoist" + (variant is { BFloat16: true } && kernel.IsPaired ? "BFloat16" : "");

    /// <summary>The hoisted sums of a kernel begin behind those of the kernels before it, which take so many floats a step.</summary>
    public static string Behind(long stepFloats) => stepFloats == 0 ? "" : $" + (LayerCall.HoistSteps * {CodeWriter.Number(stepFloats)})";

    public void Emit()
    {
        var tiles = CodeWriter.Number(tile.Count(kernel.Units));
        code.Line($"/// <summary>{Names.Xml(part.Title)}, for the steps from t on: they wait for nothing.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open($"private static void {MethodName(kernel, variant)}(in LayerCall call, int t, float* w)");
        code.Line("var end = Math.Min(call.Steps, t + LayerCall.HoistSteps);");
        var product = part.Tiles.First(t => t.Lanes == tile.Lanes).Product is { } form
            ? new ProductEmitter(code, plan, part, tile, form) : null;
        product?.Operands(_ => "call.Input + (call.RowBegin * call.InputStride)");

        // The worker that does a tile's steps has made its sums, so that none waits in between. What the steps do at once is one worker's.
        var (groups, count) = (CodeWriter.Number(tile.Groups(kernel.Units)), CodeWriter.Number(tile.RowTiles));
        var isOneWorkers = tile.Count(kernel.Units) == tile.RowTiles;
        code.Line(
            isOneWorkers ? $"var last = call.Part == 0 ? {tiles} : 0;"
            : tile.RowTiles == 1 ? $"var last = call.EndTile({tiles});"
            : $"var last = Math.Min(call.EndTile({groups}) * {count}, {tiles});");
        var first = isOneWorkers ? "0" : $"call.FirstTile({groups})" + (tile.RowTiles == 1 ? "" : " * " + count);
        code.Open($"for (var tile = {first}; tile < last; tile++)");
        var floats = variant is null
            ? RowProductEmitter.Floats(kernel.TileFloats(tile, false), kernel.TileFloats(tile, true))
            : CodeWriter.Number(kernel.TileFloats(tile, variant.BFloat16));
        code.Line($"var panel = w + ((nint)tile * {floats});");
        code.Line($"var sums = call.Hoisted + ((nint)tile * {CodeWriter.Number(part.Accumulators.Count * tile.Units)}){Behind(offset)};");
        code.Open($"for (int step = t, rows; step < end; step += rows, sums += rows * {CodeWriter.Number(stepFloats)})");
        if (product is null)
        {
            code.Line($"rows = LayerCall.TileRows(end - step, {CodeWriter.Number(tile.Rows[0])});");
            TileMethods.Switch(
                code, tile, rows => $"{TileMethods.Name(part, rows, bfloat16)}(in call, step, call.RowBegin, panel, sums);");
        }
        else
        {
            code.Line(product.Rows("end - step"));
            code.Line($"var block = {product.Sums("1", "sums", stepFloats)};");
            if (variant is null)
            {
                code.Open("if (call.BFloat16)");
                code.Line(product.Sum("block", "panel", "step", pairs: true));
                code.Close();
                code.Open("else");
                code.Line(product.Sum("block", "panel", "step"));
                code.Close();
            }
            else
            {
                code.Line(product.Sum("block", "panel", "step", bfloat16));
            }
        }

        code.Close();
        code.Close();
        code.Close();
        foreach (var rows in tile.Rows.Where(_ => product is null))
        {
            code.Line();
            new TileEmitter(code, plan, part, tile, bfloat16, stepFloats).Emit(rows);
        }
    }
}
