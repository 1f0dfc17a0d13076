using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the forward pass from int8 weights: the runtime makes all sums, whatever the cell, and calls the equations.</summary>
internal sealed class Int8Emitter(CodeWriter code, LayerPlan plan, int width)
{
    private const string Name = "Int8";

    /// <summary>Emits the choice of this pass, with which every forward pass begins. Compiled ahead of time without int8 it is
    /// nothing.</summary>
    public static void EmitChoice(CodeWriter code)
    {
        code.Open("if (call.Int8Room != null && Int8Product.IsSupported)");
        code.Line("ForwardInt8(in call);");
        code.Line("return;");
        code.Close();
        code.Line();
    }

    /// <summary>Emits the walk over time.</summary>
    public void Walk()
    {
        code.Line("/// <summary>Steps 0 to T - 1, from int8 weights.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open("private static void ForwardInt8(in LayerCall call)");
        code.Open("for (var t = 0; t < call.Steps; t++)");
        code.Line("var w = call.Weights;");
        foreach (var kernel in plan.Forward)
        {
            if (kernel.Accumulators.Count > 0)
            {
                code.Line($"w = {kernel.Name}{Name}(in call, t, w);");
            }
            else
            {
                // Its panels hold vectors alone.
                var floats = kernel.Floats(kernel.Tiles[width], false);
                code.Line($"{kernel.Name}(in call, t, w);");
                code.Line($"w += {CodeWriter.Number(floats)};");
            }

            code.Line("call.Meet();");
        }

        code.Close();
        code.Close();
        code.Line();
    }

    /// <summary>Emits a kernel's step.</summary>
    /// <param name="kernel">The kernel, which has sums.</param>
    /// <param name="usesHead">Whether its equations read the head of a tile.</param>
    /// <param name="hoistOffset">Floats of a step's hoisted sums of the kernels before this one.</param>
    public void Emit(KernelPlan kernel, bool usesHead, long hoistOffset)
    {
        var tile = kernel.Tiles[width];
        code.Line();
        code.Line($"/// <summary>{Names.Xml(kernel.Title)}, all tiles of step t, from int8 weights.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open($"private static float* {kernel.Name}{Name}(in LayerCall call, int t, float* w)");
        ReductionEmitter.EmitCall(code, kernel);
        code.Line("var operands = stackalloc Int8Operand[]");
        code.Line("{");
        code.Indent();
        foreach (var operand in kernel.Operands)
        {
            code.Line("// " + operand.Comment);
            code.Line(Operand(operand));
        }

        code.Outdent();
        code.Line("};");
        code.Line(
            $"return Int8Product.{(usesHead ? "RunWithHead" : "Run")}(in call, t, {Constants(kernel, tile, hoistOffset)}, operands, "
                + $"{CodeWriter.Number(kernel.Operands.Count)}, w, &{kernel.Name}Epilogue);");
        code.Close();
    }

    private string Operand(OperandPlan operand)
    {
        var accumulators = "0x" + operand.Terms.Aggregate(0UL, (bits, term) => bits | (1UL << term.Accumulator))
            .ToString("X", System.Globalization.CultureInfo.InvariantCulture);
        var length = CodeWriter.Number(operand.Length);
        return operand.IsToken
            ? $"new(null, 0, {length}, {accumulators}, call.Tokens + ((nint)t * call.Batch)),"
            : $"new({RowPointers.FirstRow(plan, operand.Source)}{CodeWriter.Plus(operand.Source.Offset)}, "
                + $"{RowPointers.Stride(plan, operand.Source)}, {length}, {accumulators}),";
    }

    private static string Constants(KernelPlan kernel, TilePlan tile, long hoistOffset)
    {
        var hoist = kernel.Hoisted is null ? "" : ", hoist: " + CodeWriter.Number(hoistOffset);
        return $"new({CodeWriter.Number(tile.Lanes)}, {CodeWriter.Number(kernel.Units)}, {CodeWriter.Number(tile.UnitBlocks)}, "
            + $"{CodeWriter.Number(kernel.Head.Count)}, [{string.Join(", ", kernel.Biases.Select(b => CodeWriter.Number(b)))}]{hoist})";
    }
}
