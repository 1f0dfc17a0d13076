using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Prints where a row of a buffer begins.</summary>
internal static class RowPointers
{
    /// <summary>The address of row <paramref name="row"/> (an expression) at step <c>t</c>.</summary>
    public static string Address(LayerPlan plan, Slot slot, string row)
    {
        var t = slot.StepDelta == 0 ? "t" : "(t + 1)";
        var stride = slot.Buffer switch
        {
            BufferKind.Tape => plan.TapeStride,
            BufferKind.DPre => plan.DPreStride,
            _ => slot.RowStride,
        };
        var state = "call.States[" + CodeWriter.Number(slot.State) + "]";
        var rows = CodeWriter.Number(stride);
        return slot.Buffer switch
        {
            BufferKind.State => $"{state}.Values + ({t} * {state}.Step) + ((nint){row} * {rows})",
            BufferKind.StateGradient => $"{state}.Gradient + ((nint){row} * {rows})",
            BufferKind.Tape => $"call.Tape + ({t} * call.TapeStep) + ((nint){row} * {rows})",
            BufferKind.Input => $"call.Input + ((((nint){t} * call.Batch) + {row}) * call.InputStride)",
            _ => $"call.{slot.Buffer} + ((((nint){t} * call.Batch) + {row}) * {rows})",
        };
    }
}
