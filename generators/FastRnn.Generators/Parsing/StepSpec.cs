using FastRnn.Generators.Diagnostics;

namespace FastRnn.Generators.Parsing;

/// <summary>The one method of a cell.</summary>
/// <param name="Input">The name of its first parameter.</param>
/// <param name="InputPlace">Where that stands.</param>
/// <param name="Taken">The other parameters.</param>
/// <param name="Returned">The elements of the return type; of a single vector, the one state that is taken.</param>
/// <param name="Statements">What comes before the return.</param>
/// <param name="Results">What is returned.</param>
internal sealed record StepSpec(
    string Input,
    Place InputPlace,
    EquatableArray<CarriedSpec> Taken,
    EquatableArray<CarriedSpec> Returned,
    EquatableArray<StatementSpec> Statements,
    EquatableArray<ExpressionSpec> Results);

/// <summary>A carried state where Step takes or returns it.</summary>
internal sealed record CarriedSpec(string Name, VectorType Type, Place Place);
