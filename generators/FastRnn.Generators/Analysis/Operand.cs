using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>What an expression of Step amounts to: a vector that a node computes, a number that is known, or a matrix.</summary>
internal readonly record struct Operand
{
    private Operand(OperandForm form) => Form = form;

    public OperandForm Form { get; private init; }

    /// <summary>The node of a vector, the field of a matrix.</summary>
    public int Index { get; private init; }

    /// <summary>The dimension of a vector.</summary>
    public string Dimension { get; private init; } = "";

    /// <summary>The value of a number.</summary>
    public double Value { get; private init; }

    /// <summary>The C# type of a number.</summary>
    public NumberKind Kind { get; private init; }

    public bool IsNumber => Form == OperandForm.Number;

    public bool IsVector => Form == OperandForm.Vector;

    public bool IsMatrix => Form == OperandForm.Matrix;

    public static Operand Vector(int node, string dimension) => new(OperandForm.Vector) { Index = node, Dimension = dimension };

    public static Operand Matrix(int field) => new(OperandForm.Matrix) { Index = field };

    public static Operand Number(double value, NumberKind kind) => new(OperandForm.Number) { Value = value, Kind = kind };

    public override string ToString() => Form switch
    {
        OperandForm.Vector => $"Vec<{Dimension}>",
        OperandForm.Number => "a number",
        _ => "a matrix",
    };
}

/// <summary>The three things that an expression can be.</summary>
internal enum OperandForm
{
    Vector,
    Number,
    Matrix,
}
