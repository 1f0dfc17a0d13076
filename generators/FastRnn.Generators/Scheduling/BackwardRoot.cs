namespace FastRnn.Generators.Scheduling;

/// <summary>A value that a step backward leaves in memory.</summary>
/// <param name="Node">Which; -1 is zero.</param>
/// <param name="Group">The kernel that leaves it.</param>
/// <param name="Slot">Where.</param>
/// <param name="IsFlushed">Whether numbers next to zero become zero.</param>
/// <param name="When">Whether it is always wanted.</param>
internal sealed record BackwardRoot(int Node, Group Group, Slot Slot, bool IsFlushed, StoreCondition When);
