using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>With what a state begins, and where that is found.</summary>
/// <param name="Kind">Says what the others mean.</param>
/// <param name="Index">A parameter, a layer or a state.</param>
/// <param name="State">A state.</param>
/// <param name="Value">A rate or a standard deviation.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public sealed record StateStart(StartKind Kind, int Index = 0, int State = 0, float Value = 0)
{
    /// <summary>Whether the state is no value of the cell's, but a mask of training or the product with one.</summary>
    public bool IsMask => Kind is StartKind.Mask or StartKind.Masked or StartKind.Zoneout;
}
