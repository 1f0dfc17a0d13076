namespace FastRnn.Interchange.Export;

/// <summary>An expression of Python.</summary>
/// <param name="Text">How it is written.</param>
/// <param name="Strength">How strongly its last operator binds: <see cref="Sum"/>, <see cref="Product"/>, or <see cref="Atom"/>.</param>
/// <param name="HasRows">Whether it has a row for each sequence: parameters and numbers have one for all of them.</param>
/// <param name="IsNarrow">Whether its rows are one number each, or it is a number.</param>
/// <param name="IsNumber">Whether it is a number and no tensor.</param>
internal sealed record PythonText(string Text, int Strength, bool HasRows, bool IsNarrow = false, bool IsNumber = false)
{
    public const int Sum = 1;
    public const int Product = 2;
    public const int Atom = 3;

    /// <summary>Two expressions and an operator between them, with the brackets that they need.</summary>
    /// <param name="sign">The operator.</param>
    /// <param name="strength">How strongly it binds.</param>
    /// <param name="a">The left operand.</param>
    /// <param name="b">The right operand.</param>
    public static PythonText Of(string sign, int strength, PythonText a, PythonText b) => new(
        $"{a.Bracket(strength)} {sign} {b.Bracket(sign is "+" ? strength : strength + 1)}", strength,
        a.HasRows || b.HasRows, a.IsNarrow && b.IsNarrow);

    /// <summary>In brackets, if it binds less.</summary>
    public string Bracket(int strength) => Strength >= strength ? Text : $"({Text})";

    /// <summary>A function or method of this expression.</summary>
    public PythonText Call(string text) => new(text, Atom, HasRows, IsNarrow);
}
