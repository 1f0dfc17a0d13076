using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the entry points of a layer's kernels: the walk over time, and the weights with which each kernel begins.</summary>
/// <param name="code">Where to.</param>
/// <param name="plan">The layer.</param>
/// <param name="width">The index of the vector width.</param>
internal sealed class TimeWalkEmitter(CodeWriter code, LayerPlan plan, int width)
{
    public void Forward()
    {
        code.Line("/// <summary>Steps 0 to T - 1.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open("public static void Forward(in LayerCall call)");
        if (plan.HasInt8)
        {
            Int8Emitter.EmitChoice(code);
        }

        if (RowVariant.IsOne(plan, width))
        {
            Branch("call.RowEnd - call.RowBegin == 1", RowSteps);
        }
        else
        {
            foreach (var variant in RowVariant.Of(plan))
            {
                Branch(variant.Condition, () => ForwardSteps(variant));
            }
        }

        ForwardSteps(null);
        code.Close();
        code.Line();
    }

    private void Branch(string condition, Action steps)
    {
        code.Open($"if ({condition})");
        steps();
        code.Line();
        code.Line("return;");
        code.Close();
        code.Line();
    }

    /// <summary>The steps of a single row, where one method does them from all weights.</summary>
    private void RowSteps() => Steps(
        plan.Forward.Any(k => k.Hoisted is not null) ? "call.Hoisted != null && t % LayerCall.HoistSteps == 0" : null,
        kernel => HoistEmitter.MethodName(kernel, null),
        kernel => kernel.Name + (kernel.Accumulators.Count == 0 ? "" : "Row"),
        RowWeights);

    private string RowWeights(KernelPlan kernel)
    {
        var (floats, bfloat16) = (ForwardOffset(kernel, false), ForwardOffset(kernel, true));
        return "call.Weights" + (floats == 0 ? "" : " + " + RowProductEmitter.Floats(floats, bfloat16));
    }

    private void ForwardSteps(RowVariant? variant) => Steps(
        variant is { Hoisted: true } ? "t % LayerCall.HoistSteps == 0" : null,
        kernel => HoistEmitter.MethodName(kernel, HoistVariant(kernel, variant!)),
        kernel => variant?.MethodName(kernel, kernel.Tiles[width]) ?? kernel.Name,
        kernel => Weights(ForwardOffset(kernel, variant is { BFloat16: true })));

    /// <summary>The loop over the steps.</summary>
    /// <param name="isHoisting">When the products with x of the next steps are made; null for never.</param>
    /// <param name="hoist">The method that makes them.</param>
    /// <param name="step">The method of a step.</param>
    /// <param name="weights">With which weights both begin.</param>
    private void Steps(
        string? isHoisting, Func<KernelPlan, string> hoist, Func<KernelPlan, string> step, Func<KernelPlan, string> weights)
    {
        code.Open("for (var t = 0; t < call.Steps; t++)");
        if (isHoisting is not null)
        {
            code.Open($"if ({isHoisting})");
            foreach (var kernel in plan.Forward.Where(k => k.Hoisted is not null))
            {
                code.Line($"{hoist(kernel)}(in call, t, {weights(kernel)});");
            }

            code.Close();
            code.Line();
        }

        foreach (var kernel in plan.Forward)
        {
            code.Line($"{step(kernel)}(in call, t, {weights(kernel)});");
            code.Line("call.Meet();");
        }

        code.Close();
    }

    private RowVariant? HoistVariant(KernelPlan kernel, RowVariant variant) =>
        kernel.Tiles[width].Row is { IsProduct: true } ? null : variant;

    private long ForwardOffset(KernelPlan kernel, bool bfloat16) =>
        plan.Forward.TakeWhile(k => !k.Equals(kernel)).Sum(k => k.Floats(k.Tiles[width], bfloat16));

    public void Backward()
    {
        code.Line("/// <summary>Steps T - 1 to 0, the gradients of the initial states, then the gradient of the input.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open("public static void Backward(in LayerCall call)");
        code.Open("for (var t = call.Steps - 1; t >= 0; t--)");
        var end = Calls(plan.Backward, 0);
        code.Close();
        var offset = 0L;
        foreach (var kernel in plan.Backward)
        {
            if (kernel.Finish.Count > 0)
            {
                code.Line();
                code.Line($"{kernel.Name}(in call, -1, {Weights(offset)});");
            }

            offset += kernel.Floats(kernel.Tiles[width], false);
        }

        if (plan.InputGradient is { } input)
        {
            code.Line();
            code.Open("if (call.DInput != null)");
            code.Open("for (var t = 0; t < call.Steps; t++)");
            Calls([input], end);
            code.Close();
            code.Close();
        }

        code.Close();
    }

    private long Calls(IEnumerable<KernelPlan> kernels, long offset)
    {
        foreach (var kernel in kernels)
        {
            code.Line($"{kernel.Name}(in call, t, {Weights(offset)});");
            offset += kernel.Floats(kernel.Tiles[width], false);
        }

        return offset;
    }

    private static string Weights(long offset) => "call.Weights" + CodeWriter.Plus(offset);
}
