using FastRnn.Generators.Diagnostics;

namespace FastRnn.Generators.Parsing;

/// <summary>An expression of the language of cells.</summary>
internal abstract record ExpressionSpec(Place Place);

/// <summary>A local variable, a state, the input or a parameter.</summary>
internal sealed record NameSpec(string Name, Place Place) : ExpressionSpec(Place);

/// <summary>A literal, with its text as the user wrote it.</summary>
internal sealed record NumberSpec(double Value, NumberKind Kind, string Text, Place Place) : ExpressionSpec(Place);

/// <summary>Something in parentheses; kept because equations are shown as they were written.</summary>
internal sealed record GroupSpec(ExpressionSpec Inner, Place Place) : ExpressionSpec(Place);

/// <summary>The negative of something.</summary>
internal sealed record NegateSpec(ExpressionSpec Operand, Place Place) : ExpressionSpec(Place);

/// <summary>Two operands and one of <c>+ - * /</c>.</summary>
internal sealed record BinarySpec(char Operator, ExpressionSpec Left, ExpressionSpec Right, Place Place) : ExpressionSpec(Place);

/// <summary>A function of <c>FastRnn.Language.Functions</c>.</summary>
internal sealed record CallSpec(string Function, EquatableArray<ExpressionSpec> Arguments, Place Place) : ExpressionSpec(Place);
