using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>The gradient of a vector parameter: a column block of <c>dPre</c> summed over all sequences and steps.</summary>
/// <param name="Parameter">The vector, as an index into its layer's parameters.</param>
/// <param name="DPreOffset">Where its block begins in a row of <c>dPre</c>.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public sealed record VectorSum(int Parameter, int DPreOffset);
