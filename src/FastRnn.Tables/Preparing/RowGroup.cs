namespace FastRnn.Tables.Preparing;

/// <summary>Rows that belong together.</summary>
/// <param name="Name">The text of the column of groups; empty if there is none.</param>
/// <param name="Start">The first, in the order of <see cref="RowLayout.Rows"/>.</param>
/// <param name="End">Behind the last.</param>
internal readonly record struct RowGroup(string Name, int Start, int End)
{
    public int Length => End - Start;
}
