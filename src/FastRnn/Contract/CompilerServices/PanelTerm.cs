using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>Where the weight of unit u and operand element k stands: <c>Source + u UnitStride + k Stride</c>, counted from the
/// layer's first parameter.</summary>
/// <param name="Source">The weight of unit 0 and element 0.</param>
/// <param name="UnitStride">From one unit to the next.</param>
/// <param name="Stride">From one element to the next.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public readonly record struct PanelTerm(int Source, int UnitStride, int Stride);
