namespace FastRnn.Generators.Scheduling;

/// <summary>Completes a kernel: which forms it has besides the walk over tiles, and what is inlined in them. Nothing that is said here is
/// decided again when it is printed.</summary>
internal static class KernelForms
{
    /// <summary>A forward kernel with its forms for single rows.</summary>
    public static KernelPlan Forward(KernelPlan kernel)
    {
        var formed = kernel with { Hoisted = HoistPolicy.Part(kernel) is { } part ? Tiled(part) : null };
        return Complete(formed, (tile, product) => RowForm.Of(formed, tile, product));
    }

    /// <summary>A backward kernel, which asks for what it will read.</summary>
    public static KernelPlan Backward(KernelPlan kernel, bool dPreOnTape) =>
        Complete(kernel with { Fetched = FetchPolicy.Choose(kernel, dPreOnTape) }, (_, _) => null);

    /// <summary>Any other kernel: tiles alone.</summary>
    public static KernelPlan Tiled(KernelPlan kernel) => Complete(kernel, (_, _) => null);

    private static KernelPlan Complete(KernelPlan kernel, Func<TilePlan, ProductForm?, RowForm?> rowOf) => kernel with
    {
        Tiles = new(kernel.Tiles.Select(tile =>
        {
            var product = ProductForm.Of(kernel, tile);
            var row = rowOf(tile, product);
            return tile with
            {
                Product = product,
                Row = row,
                InlinesEpilogue =
                    Inlines(kernel, kernel.Epilogue, row is { IsProduct: false } ? tile.RowTiles * tile.UnitBlocks : 1),
                InlinesFinish = Inlines(kernel, kernel.Finish, 1),
            };
        })),
    };

    private static bool Inlines(KernelPlan kernel, EquatableArray<Statement> equations, int copies) =>
        InliningPolicy.Inlines(equations, EquationsPlan.Of(equations).Parameters(kernel.Accumulators.Count), copies);
}
