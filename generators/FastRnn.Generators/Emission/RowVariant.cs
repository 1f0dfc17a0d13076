using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>A way to do the steps of a single row.</summary>
/// <param name="BFloat16">From bfloat16 weights.</param>
/// <param name="Hoisted">The products with x were made ahead, for many steps at once.</param>
internal sealed record RowVariant(bool BFloat16, bool Hoisted)
{
    /// <summary>When a call is done this way, if it is done in none of those before.</summary>
    public string Condition => (BFloat16, Hoisted) switch
    {
        (true, true) => "call.BFloat16 && call.Hoisted != null",
        (true, false) => "call.BFloat16",
        (false, true) => "call.Hoisted != null",
        _ => "call.RowEnd - call.RowBegin == 1",
    };

    /// <summary>Whether one way does all: in every kernel the runtime makes the sums of a single row.</summary>
    public static bool IsOne(LayerPlan plan, int width) =>
        plan.Forward.All(k => k.Tiles[width].Row is null or { IsProduct: true })
        && plan.Forward.Any(k => k.Tiles[width].Row is not null);

    /// <summary>The ways of a layer, the most particular first.</summary>
    public static IEnumerable<RowVariant> Of(LayerPlan plan)
    {
        var hoists = plan.Forward.Any(k => k.Hoisted is not null);
        var pairs = plan.Forward.Any(k => k.IsPaired);
        foreach (var bfloat16 in pairs ? new[] { true, false } : [false])
        {
            if (hoists)
            {
                yield return new RowVariant(bfloat16, true);
            }

            yield return new RowVariant(bfloat16, false);
        }
    }

    /// <summary>Whether the kernel has a method of its own for this way.</summary>
    public bool IsOwn(KernelPlan kernel, TilePlan tile) =>
        tile.Row is { IsProduct: false } && (!BFloat16 || kernel.IsPaired) && (!Hoisted || kernel.Hoisted is not null);

    /// <summary>The emitted method of a step. Where nothing is summed a single row is a row like any other.</summary>
    public string MethodName(KernelPlan kernel, TilePlan tile) =>
        tile.Row is null ? kernel.Name
        : tile.Row.IsProduct ? kernel.Name + "Row"
        : kernel.Name + "Row" + (Hoisted && kernel.Hoisted is not null ? "Hoisted" : "")
        + (BFloat16 && kernel.IsPaired ? "BFloat16" : "");
}
