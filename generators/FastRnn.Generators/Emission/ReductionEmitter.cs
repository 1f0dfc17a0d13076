using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits what a kernel begins with: sums along whole rows, and what is made of them alone, once for each row. Workers that share
/// the units of a row all do it, and write the same bits.</summary>
internal sealed class ReductionEmitter(CodeWriter code, LayerPlan plan, KernelPlan kernel, TilePlan tile)
{
    private readonly ExpressionPrinter printer = new(kernel, tile);

    public static void EmitCall(CodeWriter code, KernelPlan kernel)
    {
        if (kernel.HasRowNumbers)
        {
            code.Line($"{MethodName(kernel)}(in call, t);");
        }
    }

    public void Emit()
    {
        code.Line($"/// <summary>The numbers that all units of a row share in {kernel.Name}.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open($"private static void {MethodName(kernel)}(in LayerCall call, int t)");
        code.Open("for (var row = call.RowBegin; row < call.RowEnd; row++)");
        foreach (var slot in Slots().GroupBy(s => s.Name).Select(g => g.First()))
        {
            code.Line($"var {slot.Name} = {RowPointers.Address(plan, slot, "row")};");
        }

        foreach (var equation in kernel.Reductions.GroupBy(r => r.Comment))
        {
            code.Line();
            code.Line("// " + equation.Key);
            foreach (var reduction in equation)
            {
                code.Line(
                    $"RowReduction.{reduction.Operation}<Isa, Floats>({At(reduction.Source)}, {CodeWriter.Number(reduction.Length)}, "
                        + $"{At(reduction.Target)});");
            }
        }

        Uniform();
        code.Close();
        code.Close();
    }

    private void Uniform()
    {
        var isAfterStore = false;
        foreach (var statement in kernel.Uniform)
        {
            switch (statement)
            {
                case Statement.Comment comment:
                    code.Line();
                    code.Line("// " + comment.Text);
                    break;
                case Statement.Let let:
                    code.Line($"var {let.Name} = {printer.Print(let.Value)};");
                    break;
                case Statement.Store store:
                    if (!isAfterStore)
                    {
                        code.Line();
                    }

                    isAfterStore = true;
                    code.Line($"Simd.Store({printer.Print(store.Value)}, {At(store.Slot)});");
                    break;
            }
        }
    }

    private IEnumerable<Slot> Slots() => kernel.Reductions.SelectMany(r => new[] { r.Source, r.Target })
        .Concat(EpilogueLoads.Of(kernel.Uniform)).Concat(kernel.Uniform.OfType<Statement.Store>().Select(s => s.Slot));

    private static string MethodName(KernelPlan kernel) => kernel.Name + "Reduce";

    private static string At(Slot slot) => slot.Name + CodeWriter.Plus(slot.Offset);
}
