namespace FastRnn.Generators.Scheduling;

/// <summary>Completes a kernel: which forms it has besides the walk over tiles, and what is inlined in them.</summary>
internal static class KernelForms
{
    /// <summary>The kernel with all that is said of its forms.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="hasRows">Whether it has a form for single rows: forward.</param>
    public static KernelPlan Complete(KernelPlan kernel, bool hasRows)
    {
        var isRow = hasRows && kernel.Accumulators.Count > 0;
        var formed = kernel with { HasRows = isRow, Hoisted = hasRows ? HoistPolicy.Part(kernel) : null };
        return formed with
        {
            Tiles = new(kernel.Tiles.Select(tile => tile with
            {
                InlinesEpilogue = Inlines(
                    kernel, kernel.Epilogue, isRow && !formed.IsRowProduct(tile) ? tile.RowTiles * tile.UnitBlocks : 1),
                InlinesFinish = Inlines(kernel, kernel.Finish, 1),
            })),
        };
    }

    private static bool Inlines(KernelPlan kernel, EquatableArray<Statement> equations, int copies) =>
        InliningPolicy.Inlines(equations, EquationsPlan.Of(equations).Parameters(kernel.Accumulators.Count), copies);
}
