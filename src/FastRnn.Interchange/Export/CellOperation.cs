namespace FastRnn.Interchange.Export;

/// <summary>One operation of a cell's step.</summary>
/// <param name="Name"><c>Input</c>, <c>State</c>, <c>Parameter</c>, <c>Constant</c>, <c>Product</c>, or a function or operator of the
/// language: <c>Add</c>, <c>Sigmoid</c>, <c>Mean</c>.</param>
/// <param name="Variable">What the user calls its value; empty for a part of an expression.</param>
/// <param name="A">The first operand; of a state, a parameter or a product the number of the state or of the parameter.</param>
/// <param name="B">The second operand, of a product the vector; -1 if there is none.</param>
/// <param name="Value">Of a constant, its number.</param>
internal sealed record CellOperation(string Name, string Variable, int A, int B, double Value);
