using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>The gradient of a matrix: the sum, over all sequences and steps, of an outer product of a column block of
/// <c>dPre</c> with the vector that the matrix multiplied.</summary>
/// <param name="Parameter">The matrix, as an index into its layer's parameters.</param>
/// <param name="DPreOffset">Where the rows' gradient begins in a row of <c>dPre</c>.</param>
/// <param name="Operand">What the matrix multiplied.</param>
/// <param name="OperandIndex">The state's index, or the offset in a row of the tape.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public sealed record WeightProduct(int Parameter, int DPreOffset, OperandKind Operand, int OperandIndex);
