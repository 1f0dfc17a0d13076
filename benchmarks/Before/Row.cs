namespace FastRnn.Before;

/// <summary>A row of the comparison.</summary>
/// <param name="Group">Rows of a group are measured in one process.</param>
/// <param name="Name">Unique among all.</param>
/// <param name="Create">Makes what is timed.</param>
internal sealed record Row(string Group, string Name, Func<Work> Create);
