using FastRnn.Generators.Diagnostics;

namespace FastRnn.Generators.Parsing;

/// <summary>A class with the attribute Loss as it was written.</summary>
/// <param name="Class">The class.</param>
/// <param name="NamePlace">Where its name stands.</param>
/// <param name="Taken">The parameters of Step: vectors of outputs, then the targets.</param>
/// <param name="Statements">What comes before the return.</param>
/// <param name="Result">What is returned.</param>
/// <param name="IsStatic">Whether Step is.</param>
internal sealed record LossClassSpec(
    PartialClass Class,
    Place NamePlace,
    EquatableArray<CarriedSpec> Taken,
    EquatableArray<StatementSpec> Statements,
    ExpressionSpec Result,
    bool IsStatic);
