using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits a forward kernel for a single row: streaming. Such a step is a chain of latencies, so several tiles are summed at
/// once, nothing passes through a scratch, and the equations follow on the sums in their registers.</summary>
internal sealed partial class RowEmitter(
    CodeWriter code, LayerPlan plan, KernelPlan kernel, TilePlan tile, EquationsEmitter equations, RowVariant variant, long hoistOffset)
{
    private readonly int tileUnits = tile.Units;
    private readonly int tiles = tile.Count(kernel.Units);
    private readonly KernelPlan? hoisted = variant.Hoisted ? kernel.Hoisted : null;
    private readonly string name = variant.MethodName(kernel, tile);

    private int TileFloats => kernel.TileFloats(tile, variant.BFloat16);

    private string OfWeights => (hoisted is null ? "" : ", those of x hoisted") + (variant.BFloat16 ? ", from bfloat16 weights" : "");

    public void Emit()
    {
        var walk = new RowWalkEmitter(code, kernel, tile, name, TileFloats, OfWeights);
        walk.Emit();
        foreach (var count in Counts())
        {
            code.Line();
            Tiles(count, walk.Method(count));
        }
    }

    /// <summary>How many tiles are done at once: the plan's number, and single ones for what remains.</summary>
    private IEnumerable<int> Counts()
    {
        yield return tile.RowTiles;
        if (tiles % tile.RowTiles != 0)
        {
            yield return 1;
        }
    }

    private void Tiles(int count, string method)
    {
        code.Line(
            $"/// <summary>{Names.Xml(kernel.Title)}, of one row: {CodeWriter.Number(count * tileUnits)} units{OfWeights}.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open($"private static void {method}(in LayerCall call, int t, int unit, float* w)");
        code.Line("var row = call.RowBegin;");
        Start(count);
        foreach (var operand in kernel.Operands.Skip(hoisted is null ? 0 : 1))
        {
            code.Line();
            var isPaired = variant.BFloat16 && operand.IsPaired;
            code.Line("// " + operand.Comment + (isPaired ? ": two weights in a word, the first one in its lower half" : ""));
            if (operand.IsToken)
            {
                Token(operand, count);
            }
            else if (isPaired)
            {
                Pairs(operand, count);
            }
            else
            {
                Loop(operand, count);
            }
        }

        Equations(count);
        code.Close();
    }
}
