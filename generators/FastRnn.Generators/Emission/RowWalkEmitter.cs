using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the loop over the tiles of one row: several at once as long as there are so many, then one by one.</summary>
/// <param name="code">Where to.</param>
/// <param name="kernel">The kernel.</param>
/// <param name="tile">The tile.</param>
/// <param name="name">The method's name.</param>
/// <param name="tileFloats">The floats of a tile's panel.</param>
/// <param name="ofWeights">What its comment says of the weights.</param>
internal sealed class RowWalkEmitter(CodeWriter code, KernelPlan kernel, TilePlan tile, string name, int tileFloats, string ofWeights)
{
    private readonly int tileUnits = tile.Units;
    private readonly int tiles = tile.Count(kernel.Units);

    public void Emit()
    {
        code.Line($"/// <summary>{Names.Xml(kernel.Title)}, of one row at step t{ofWeights}.</summary>");
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

    /// <summary>Opens the loop over the groups of tiles that are summed together; <c>tile</c> is the first of a group.</summary>
    public static void OpenGroups(CodeWriter code, KernelPlan kernel, TilePlan tile)
    {
        var groups = CodeWriter.Number(tile.Groups(kernel.Units));
        code.Line($"var first = call.FirstTile({groups});");
        code.Line($"var last = call.EndTile({groups}) - 1;");
        code.Open("for (var i = first; i <= last; i++)");
        code.Line("// Every second step goes the other way: what the last one read last is still near.");
        var times = tile.RowTiles == 1 ? "" : " * " + CodeWriter.Number(tile.RowTiles);
        code.Line($"var tile = (call.IsOdd(t) ? first + last - i : i){times};");
    }

    private void Walk(string count)
    {
        OpenGroups(code, kernel, tile);
        if (tiles % tile.RowTiles == 0)
        {
            code.Line(Call(tile.RowTiles) + ";");
        }
        else
        {
            code.Open($"if ({CodeWriter.Number(tiles)} - tile >= {count})");
            code.Line(Call(tile.RowTiles) + ";");
            code.Close();
            code.Open("else");
            code.Open($"for (; tile < {CodeWriter.Number(tiles)}; tile++)");
            code.Line(Call(1) + ";");
            code.Close();
            code.Close();
        }

        code.Close();
    }

    /// <summary>The method of so many tiles.</summary>
    public string Method(int count) => $"{name}_{CodeWriter.Number(count * tileUnits)}";

    private string Call(int count) =>
        $"{Method(count)}(in call, t, tile * {CodeWriter.Number(tileUnits)}, w + ((nint)tile * {CodeWriter.Number(tileFloats)}))";
}
