using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the half of the model's class that chooses the kernels of a layer for a vector width.</summary>
internal static class DispatchEmitter
{
    private const string Width = "global::FastRnn.SimdWidth";

    /// <summary>The method of a direction: no name that a user would take.</summary>
    public static string Method(string direction) => "fastRnn" + direction;

    /// <summary>The head of that method, in both halves of the class.</summary>
    public static string Signature(string direction) =>
        $"static partial void {Method(direction)}(int layer, {Width} width, in global::FastRnn.CompilerServices.LayerCall call)";

    public static string Emit(ModelPlan plan)
    {
        var code = new CodeWriter();
        ModelShell.Header(code);
        ModelShell.Open(code, plan.Graph);
        code.Open("partial class " + plan.Graph.Name);
        Dispatch(code, plan, "Forward");
        code.Line();
        Dispatch(code, plan, "Backward");
        code.Close();
        ModelShell.Close(code, plan.Graph);
        return code.ToString();
    }

    private static void Dispatch(CodeWriter code, ModelPlan plan, string direction)
    {
        var model = plan.Graph;
        code.Open(Signature(direction));
        code.Open("switch (layer, width)");
        for (var i = 0; i < plan.Layers.Count; i++)
        {
            foreach (var width in model.Widths.Reverse().Where(_ => model.Layers[i].IsKernel))
            {
                // What is compiled ahead of time for CPUs without wide vectors leaves their kernels out, unless there are no others.
                code.Line($"case ({i}, {Width}.Bits{width}){(width == model.Widths[0] ? "" : $" when {Width}s.Has{width}")}:");
                code.Indent();
                code.Line($"global::{ModelShell.Kernels}.{KernelEmitter.ClassName(plan.Layers[i], width)}.{direction}(in call);");
                code.Line("break;");
                code.Outdent();
            }
        }

        code.Line("default:");
        code.Indent();
        code.Line("throw new global::System.ArgumentOutOfRangeException(nameof(layer));");
        code.Outdent();
        code.Close();
        code.Close();
    }
}
