using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the sums along whole rows with which a kernel begins. Workers that share the units of a row all make them, and write the same bits.</summary>
internal sealed class ReductionEmitter(CodeWriter code, LayerPlan plan, KernelPlan kernel)
{
    public static void EmitCall(CodeWriter code, KernelPlan kernel)
    {
        if (kernel.Reductions.Count > 0)
        {
            code.Line($"{MethodName(kernel)}(in call, t);");
        }
    }

    public void Emit()
    {
        code.Line($"/// <summary>The sums along rows that {kernel.Name} begins with.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open($"private static void {MethodName(kernel)}(in LayerCall call, int t)");
        code.Open("for (var row = call.RowBegin; row < call.RowEnd; row++)");
        foreach (var slot in kernel.Reductions.SelectMany(r => new[] { r.Source, r.Target }).GroupBy(s => s.Name).Select(g => g.First()))
        {
            code.Line($"var {slot.Name} = {RowPointers.Address(plan, slot, "row")};");
        }

        foreach (var equation in kernel.Reductions.GroupBy(r => r.Comment))
        {
            code.Line();
            code.Line("// " + equation.Key);
            foreach (var reduction in equation)
            {
                code.Line($"RowReduction.{reduction.Operation}<Isa, Floats>({At(reduction.Source)}, {CodeWriter.Number(reduction.Length)}, {At(reduction.Target)});");
            }
        }

        code.Close();
        code.Close();
    }

    private static string MethodName(KernelPlan kernel) => kernel.Name + "Reduce";

    private static string At(Slot slot) => slot.Offset == 0 ? slot.Name : slot.Name + " + " + CodeWriter.Number(slot.Offset);
}
