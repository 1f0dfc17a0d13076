using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>How the microkernels of a tile are called, one method for each number of rows.</summary>
internal static class TileMethods
{
    private const int UnitRows = 1;

    /// <summary>The emitted method of a tile of so many rows.</summary>
    public static string Name(KernelPlan kernel, int rows, bool bfloat16 = false) =>
        kernel.Name + (bfloat16 ? "BFloat16" : "") + "Rows" + CodeWriter.Number(rows);

    /// <summary>Emits the choice of the tile for <c>rows</c> rows, which becomes the number that the tile takes.</summary>
    public static void Switch(CodeWriter code, TilePlan tile, Func<int, string> call)
    {
        code.Open("switch (rows)");
        foreach (var rows in tile.Rows)
        {
            // The two largest tiles share most batches between them; a smaller one takes what it can of the rest.
            var isExact = rows >= tile.Rows[0] - 1;
            code.Line(rows == UnitRows ? "default:" : isExact ? $"case {rows}:" : $"case >= {rows}:");
            code.Indent();
            if (!isExact || rows == UnitRows)
            {
                code.Line($"rows = {rows};");
            }

            code.Line(call(rows));
            code.Line("break;");
            code.Outdent();
        }

        code.Close();
    }
}
