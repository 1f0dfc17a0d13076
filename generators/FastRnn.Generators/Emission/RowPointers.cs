using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Prints where a row of a buffer begins.</summary>
internal static class RowPointers
{
    /// <summary>The address of row <paramref name="row"/> (an expression) at step <c>t</c>.</summary>
    public static string Address(LayerPlan plan, Slot slot, string row)
    {
        var rows = Stride(plan, slot);
        return slot.Buffer switch
        {
            BufferKind.State or BufferKind.StateGradient or BufferKind.Tape => $"{FirstRow(plan, slot)} + ((nint){row} * {rows})",
            _ => $"call.{slot.Buffer} + ((((nint){Step(slot)} * call.Batch) + {row}) * {rows})",
        };
    }

    /// <summary>The address of row 0 at step <c>t</c>.</summary>
    public static string FirstRow(LayerPlan plan, Slot slot)
    {
        var state = "call.States[" + CodeWriter.Number(slot.State) + "]";
        return slot.Buffer switch
        {
            BufferKind.State => $"{state}.Values + ({Step(slot)} * {state}.Step)",
            BufferKind.StateGradient => $"{state}.Gradient",
            BufferKind.Tape => $"call.Tape + ({Step(slot)} * call.TapeStep)",
            _ => $"call.{slot.Buffer} + ((nint){Step(slot)} * call.Batch * {Stride(plan, slot)})",
        };
    }

    /// <summary>Floats from a row to the next.</summary>
    public static string Stride(LayerPlan plan, Slot slot) => slot.Buffer switch
    {
        BufferKind.Input => "call.InputStride",
        BufferKind.Tape => CodeWriter.Number(plan.TapeStride),
        BufferKind.DPre => CodeWriter.Number(plan.DPreStride),
        _ => CodeWriter.Number(slot.RowStride),
    };

    private static string Step(Slot slot) => slot.StepDelta == 0 ? "t" : "(t + 1)";
}
