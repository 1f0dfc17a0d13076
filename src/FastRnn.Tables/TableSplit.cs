namespace FastRnn.Tables;

/// <summary>How a table is cut into what is learned, what chooses, and what is measured.</summary>
public enum TableSplit
{
    /// <summary>The first rows of each group are learned, the next choose when to stop, the last are measured; all groups are cut at the
    /// same times.</summary>
    Time,

    /// <summary>Some groups are learned, some choose when to stop, others are measured: for groups that were never seen.</summary>
    Group,
}
