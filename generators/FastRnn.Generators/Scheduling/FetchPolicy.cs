namespace FastRnn.Generators.Scheduling;

/// <summary>Chooses what a backward kernel asks for before a tile's long sums: the cache lines that the epilogue after them will read or
/// write, the tape and the states of a step that was recorded long ago, and dPre.</summary>
internal static class FetchPolicy
{
    /// <summary>The rows that are asked for; none if there are no sums to hide the memory behind.</summary>
    /// <param name="kernel">A backward kernel.</param>
    /// <param name="dPreOnTape">Whether dPre takes the place of the tape.</param>
    public static EquatableArray<Slot> Choose(KernelPlan kernel, bool dPreOnTape) => kernel.Accumulators.Count == 0
        ? EquatableArray<Slot>.Empty
        : new(EpilogueLoads.Of(kernel.Epilogue)
            .Where(s => !s.IsLine && s.Buffer is BufferKind.Tape or BufferKind.State or BufferKind.DOutput)
            .Concat(kernel.Epilogue.OfType<Statement.Store>().Select(s => s.Slot).Where(s => s.Buffer == BufferKind.DPre && !dPreOnTape))
            .Distinct());
}
