using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>What a matrix of a cell multiplies.</summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public enum OperandKind
{
    /// <summary>The layer's input of the step.</summary>
    Input,

    /// <summary>A state as the step found it.</summary>
    State,

    /// <summary>A vector that the step itself computed, kept on the tape.</summary>
    Tape,
}
