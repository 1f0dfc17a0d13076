namespace FastRnn.Generators.Scheduling;

/// <summary>A vector of a row in one of the buffers of a call.</summary>
/// <param name="Buffer">Which buffer.</param>
/// <param name="State">The state's index, for the buffers that exist once a state; else 0.</param>
/// <param name="Name">What the pointer to the row is called in emitted code.</param>
/// <param name="Offset">Where the vector begins in the row.</param>
/// <param name="RowStride">Floats from one row to the next.</param>
/// <param name="StepDelta">0 for this step's row; 1 for the next step's (a state: for the state after this step).</param>
/// <param name="IsLine">Whether it is one number for all units, repeated for a vector of any width.</param>
internal sealed record Slot(BufferKind Buffer, int State, string Name, int Offset, int RowStride, int StepDelta, bool IsLine = false);

/// <summary>The buffers of a LayerCall.</summary>
internal enum BufferKind
{
    Input,
    State,
    StateGradient,
    Tape,
    DPre,
    DOutput,
    DInput,
}
