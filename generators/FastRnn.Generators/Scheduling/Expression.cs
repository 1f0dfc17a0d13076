using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Scheduling;

/// <summary>The value of a statement of an epilogue, as a tree.</summary>
internal abstract record Expression
{
    /// <summary>Whether the value is computed from what a slot holds.</summary>
    public bool Reads(Slot slot) => this switch
    {
        Load load => load.Slot.Equals(slot),
        Apply apply => apply.A.Reads(slot) || (apply.B is { } b && b.Reads(slot)),
        FusedMultiplyAdd fused => fused.A.Reads(slot) || fused.B.Reads(slot) || fused.C.Reads(slot),
        _ => false,
    };

    /// <summary>A variable of an earlier statement.</summary>
    internal sealed record Variable(string Name) : Expression;

    /// <summary>A number in every lane.</summary>
    internal sealed record Number(double Value) : Expression;

    /// <summary>A finished accumulator of the tile.</summary>
    internal sealed record Sum(int Accumulator) : Expression;

    /// <summary>A vector at the head of the tile's panel.</summary>
    internal sealed record Head(int Index) : Expression;

    /// <summary>A vector in memory.</summary>
    internal sealed record Load(Slot Slot) : Expression;

    /// <summary>An element-wise operation; B is null for a function of one argument.</summary>
    internal sealed record Apply(Operation Operation, Expression A, Expression? B) : Expression;

    /// <summary>One rounding: A B + C, or with the product or the addend negated.</summary>
    internal sealed record FusedMultiplyAdd(
        Expression A, Expression B, Expression C, bool NegateProduct, bool NegateAddend) : Expression;
}
