using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Arithmetic on numbers that are known, as C# does it: in float where both sides are no wider.</summary>
internal static class Folding
{
    /// <summary>The numbers that a float cannot hold are no numbers of the language; integers from 2^53 on C# and double would count
    /// differently.</summary>
    public static bool IsUsable(Operand number) =>
        Math.Abs(number.Value) <= float.MaxValue
        && (number.Kind != NumberKind.Integer || Math.Abs(number.Value) < 9007199254740992);

    public static Operand Combine(char op, Operand left, Operand right)
    {
        var kind = left.Kind > right.Kind ? left.Kind : right.Kind;
        var (a, b) = kind == NumberKind.Float ? ((float)left.Value, (float)right.Value) : (left.Value, right.Value);
        var value = op switch
        {
            '+' => a + b,
            '-' => a - b,
            '*' => a * b,
            _ => a / b,
        };

        // A double has more than twice the digits of a float: rounding twice is rounding once.
        return Operand.Number(kind == NumberKind.Float ? (float)value : value, kind);
    }

    // -0 is an integer, and integers have one zero.
    public static Operand Negate(Operand number) =>
        Operand.Number(number.Kind == NumberKind.Integer ? 0 - number.Value : -number.Value, number.Kind);
}
