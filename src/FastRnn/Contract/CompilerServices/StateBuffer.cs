using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>One carried state of a layer in memory.</summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public unsafe struct StateBuffer
{
    /// <summary><c>[T + 1, B, D]</c>, padded rows: slot t is the state before step t.</summary>
    public float* Values;

    /// <summary>Floats from one slot to the next; 0 if a step overwrites the state in place.</summary>
    public nint Step;

    /// <summary><c>[B, D]</c>, padded rows. Backward: enters as the gradient of the last state, leaves as that of the first.</summary>
    public float* Gradient;
}
