using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits a forward kernel for a single row: streaming. Such a step is a chain of latencies, so several tiles are summed at
/// once, nothing passes through a scratch, and the equations follow on the sums in their registers.</summary>
internal sealed partial class RowEmitter(
    CodeWriter code, LayerPlan plan, KernelPlan kernel, TilePlan tile, EquationsEmitter equations, RowVariant variant, long hoistOffset)
{
    private readonly int tileUnits = tile.Units;
    private readonly int tiles = tile.Count(kernel.Units);
    private readonly KernelPlan? hoisted = variant.Hoisted ? HoistPolicy.Part(kernel) : null;
    private readonly string name = variant.MethodName(kernel);

    private int TileFloats => kernel.TileFloats(tile, variant.BFloat16);

    private string OfWeights => (hoisted is null ? "" : ", those of x hoisted") + (variant.BFloat16 ? ", from bfloat16 weights" : "");

    public void Emit()
    {
        Walk();
        foreach (var count in Counts())
        {
            code.Line();
            Tiles(count);
        }
    }

    /// <summary>How many tiles are done at once: the plan's number, and single ones for what remains.</summary>
    private IEnumerable<int> Counts()
    {
        yield return tile.RowTiles;
        if (tiles > tile.RowTiles && tile.RowTiles > 1)
        {
            yield return 1;
        }
    }

    private void Walk()
    {
        code.Line($"/// <summary>{Names.Xml(kernel.Title)}, of one row at step t{OfWeights}.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open($"private static void {name}(in LayerCall call, int t, float* w)");
        ReductionEmitter.EmitCall(code, kernel);
        if (tiles == tile.RowTiles)
        {
            code.Open("if (call.Part == 0)");
            code.Line($"{Method(tiles)}(in call, t, 0, w);");
            code.Close();
        }
        else
        {
            Walk(CodeWriter.Number(tile.RowTiles));
        }

        code.Close();
    }

    private void Walk(string count)
    {
        code.Line($"var first = call.FirstTile({CodeWriter.Number(tiles)});");
        code.Line($"var end = call.EndTile({CodeWriter.Number(tiles)});");
        code.Line($"var last = (end - first - 1) / {count};");
        code.Open("for (var i = 0; i <= last; i++)");
        code.Line("// Every second step goes the other way: what the last one read last is still near.");
        code.Line($"var tile = first + ((call.IsOdd(t) ? last - i : i) * {count});");
        if (tile.RowTiles == 1)
        {
            code.Line(Call(1) + ";");
        }
        else
        {
            code.Open($"if (end - tile >= {count})");
            code.Line(Call(tile.RowTiles) + ";");
            code.Close();
            code.Open("else");
            code.Open("for (; tile < end; tile++)");
            code.Line(Call(1) + ";");
            code.Close();
            code.Close();
        }

        code.Close();
    }

    private string Call(int count) =>
        $"{Method(count)}(in call, t, tile * {CodeWriter.Number(tileUnits)}, w + ((nint)tile * {CodeWriter.Number(TileFloats)}))";

    private string Method(int count) => $"{name}_{CodeWriter.Number(count * tileUnits)}";

    private void Tiles(int count)
    {
        code.Line(
            $"/// <summary>{Names.Xml(kernel.Title)}, of one row: {CodeWriter.Number(count * tileUnits)} units{OfWeights}.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open($"private static void {Method(count)}(in LayerCall call, int t, int unit, float* w)");
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
