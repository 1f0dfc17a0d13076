namespace FastRnn.Interchange.Export;

/// <summary>A cell's step as operations, which whoever can read the cell's source passes in.</summary>
/// <param name="Operations">In the order of computation: operands come before their users.</param>
/// <param name="NewStates">For each state the operation that is its new value.</param>
internal sealed record CellEquations(IReadOnlyList<CellOperation> Operations, IReadOnlyList<int> NewStates);
