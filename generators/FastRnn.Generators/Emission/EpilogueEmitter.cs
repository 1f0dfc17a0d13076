using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits what follows a finished tile: the equations, row by row.</summary>
internal sealed class EpilogueEmitter(CodeWriter code, LayerPlan plan, KernelPlan kernel, TilePlan tile)
{
    private readonly ExpressionPrinter printer = new(tile);

    public void Emit(string name, IReadOnlyList<Statement> statements, string summary)
    {
        var usesHead = Uses<Expression.Head>(statements);
        var usesSums = Uses<Expression.Sum>(statements);
        code.Line($"/// <summary>{Names.Xml(summary)}</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open($"private static void {name}(in LayerCall call, int t, int firstRow, int rows, int firstUnit{(usesHead ? ", float* tile" : "")})");
        if (tile.UnitBlocks > 1)
        {
            code.Line($"var end = Math.Min(firstUnit + {tile.Lanes * tile.UnitBlocks}, {kernel.PaddedUnits});");
        }

        code.Open("for (var row = firstRow; row < firstRow + rows; row++)");
        foreach (var slot in Slots(statements))
        {
            code.Line($"var {slot.Name} = {RowPointers.Address(plan, slot, "row")};");
        }

        if (usesSums)
        {
            code.Line($"var sums = call.Scratch + ((nint)(row - firstRow) * {kernel.Accumulators.Count * tile.UnitBlocks * tile.Lanes});");
        }

        if (usesHead)
        {
            code.Line("var head = tile;");
        }

        Units(statements, usesHead, usesSums);
        code.Close();
        code.Close();
    }

    /// <summary>Whether the statements read vectors at the panel's head.</summary>
    public static bool UsesHead(IReadOnlyList<Statement> statements) => Uses<Expression.Head>(statements);

    private void Units(IReadOnlyList<Statement> statements, bool usesHead, bool usesSums)
    {
        if (tile.UnitBlocks == 1)
        {
            code.Line("var unit = firstUnit;");
            Body(statements);
            return;
        }

        var advance = $"unit += {tile.Lanes}"
            + (usesSums ? $", sums += {tile.Lanes}" : "")
            + (usesHead ? $", head += {tile.Lanes}" : "");
        code.Open($"for (var unit = firstUnit; unit < end; {advance})");
        Body(statements);
        code.Close();
    }

    private void Body(IReadOnlyList<Statement> statements)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            switch (statements[i])
            {
                case Statement.Comment comment:
                    if (i > 0 || tile.UnitBlocks == 1)
                    {
                        code.Line();
                    }

                    code.Line("// " + comment.Text);
                    break;
                case Statement.Let let:
                    code.Line($"var {let.Name} = {printer.Print(let.Value)};");
                    break;
            }
        }

        Stores(statements, StoreCondition.Always, null);
        Stores(statements, StoreCondition.Recording, "call.Record");
        Stores(statements, StoreCondition.InputGradientAsked, "call.DInput != null");
    }

    private void Stores(IReadOnlyList<Statement> statements, StoreCondition condition, string? guard)
    {
        var stores = statements.OfType<Statement.Store>().Where(s => s.Condition == condition).ToList();
        if (stores.Count == 0)
        {
            return;
        }

        if (guard is not null || statements.Any(s => s is Statement.Let))
        {
            code.Line();
        }

        if (guard is not null)
        {
            code.Open($"if ({guard})");
        }

        foreach (var store in stores)
        {
            code.Line($"Simd.Store({printer.Print(store.Value)}, {ExpressionPrinter.Address(store.Slot)});");
        }

        if (guard is not null)
        {
            code.Close();
        }
    }

    private static IEnumerable<Slot> Slots(IReadOnlyList<Statement> statements) => EpilogueLoads.Of(statements)
        .Concat(statements.OfType<Statement.Store>().Select(s => s.Slot))
        .GroupBy(s => s.Name).Select(g => g.First())
        .OrderBy(s => s.Buffer).ThenBy(s => s.State).ThenBy(s => s.StepDelta);

    private static bool Uses<T>(IReadOnlyList<Statement> statements) => EpilogueLoads.Leaves(statements).OfType<T>().Any();
}
