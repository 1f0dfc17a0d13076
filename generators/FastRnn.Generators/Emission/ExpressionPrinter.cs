using FastRnn.Generators.Analysis;
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

    private string Apply(Expression.Apply apply) => apply.Operation switch
    {
        Operation.Add => Operand(apply.A) + " + " + Operand(apply.B!),
        Operation.Subtract => Operand(apply.A) + " - " + Operand(apply.B!),
        Operation.Multiply => Operand(apply.A) + " * " + Operand(apply.B!),
        Operation.Divide => Operand(apply.A) + " / " + Operand(apply.B!),
        Operation.Negate => "-" + Operand(apply.A),
        Operation.Min or Operation.Max => $"Activation.{apply.Operation}<Isa, Floats>({Print(apply.A)}, {Print(apply.B!)})",
        _ => $"Activation.{apply.Operation}<Isa, Floats>({Print(apply.A)})",
    };

    private string Fused(Expression.FusedMultiplyAdd fused)
    {
        // The JIT would spend an instruction on negating a factor; c - a b has one of its own.
        var c = fused.NegateAddend ? "-" + Operand(fused.C) : Print(fused.C);
        var name = fused.NegateProduct ? "Isa.FmaNegated" : "Simd.FusedMultiplyAdd";
        return $"{name}({Print(fused.A)}, {Print(fused.B)}, {c})";
    }

    private string Operand(Expression expression)
    {
        var isInfix = expression is Expression.Apply
        {
            Operation: Operation.Add or Operation.Subtract or Operation.Multiply or Operation.Divide or Operation.Negate,
        };
        return isInfix ? "(" + Print(expression) + ")" : Print(expression);
    }
}
