using FastRnn.Generators.Algebra;
using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Prints the values of a kernel's equations. The finished sums, <c>head</c>, <c>unit</c> and the rows' pointers are the
/// emitted method's parameters.</summary>
internal sealed class ExpressionPrinter(KernelPlan kernel, TilePlan tile)
{

    public string Print(Expression expression) => expression switch
    {
        Expression.Variable variable => variable.Name,
        Expression.Number number => "Simd.Create(" + CodeWriter.Float(number.Value) + ")",
        Expression.Sum sum => kernel.SumName(sum.Accumulator),
        Expression.Head head => "Simd.Load(" + At("head", head.Index * tile.Lanes * tile.UnitBlocks) + ")",
        Expression.Load load => "Simd.Load(" + Address(load.Slot) + ")",
        Expression.FusedMultiplyAdd fused => Fused(fused),
        Expression.Apply apply => Apply(apply),
        _ => throw new InvalidOperationException("unknown expression " + expression),
    };

    public static string Address(Slot slot) => At(slot.Name, slot.Offset) + (slot.IsLine ? "" : " + unit");

    private static string At(string pointer, int offset) =>
        offset == 0 ? pointer : pointer + " + " + CodeWriter.Number(offset);

    private string Apply(Expression.Apply apply)
    {
        var function = FunctionTable.Of(apply.Operation)!;
        return function.Symbol.Length == 0
            ? $"Activation.{function.Name}<Isa, Floats>({Print(apply.A)}{(apply.B is { } b ? ", " + Print(b) : "")})"
            : apply.B is { } right ? $"{Operand(apply.A)} {function.Symbol} {Operand(right)}"
            : function.Symbol + Operand(apply.A);
    }

    private string Fused(Expression.FusedMultiplyAdd fused)
    {
        // The JIT would spend an instruction on negating a factor; c - a b has one of its own.
        var c = fused.NegateAddend ? "-" + Operand(fused.C) : Print(fused.C);
        var name = fused.NegateProduct ? "Isa.FmaNegated" : "Simd.FusedMultiplyAdd";
        return $"{name}({Print(fused.A)}, {Print(fused.B)}, {c})";
    }

    private string Operand(Expression expression)
    {
        var isOperator = expression is Expression.Apply apply && FunctionTable.Of(apply.Operation)!.Symbol.Length > 0;
        return isOperator ? "(" + Print(expression) + ")" : Print(expression);
    }
}
