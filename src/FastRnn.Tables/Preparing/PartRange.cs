namespace FastRnn.Tables.Preparing;

/// <summary>Rows of one group that are of one part.</summary>
/// <param name="Part">Which.</param>
/// <param name="Group">Of which group, by its number.</param>
/// <param name="Start">The first, in the order of <see cref="RowLayout.Rows"/>.</param>
/// <param name="End">Behind the last.</param>
internal readonly record struct PartRange(Part Part, int Group, int Start, int End);
