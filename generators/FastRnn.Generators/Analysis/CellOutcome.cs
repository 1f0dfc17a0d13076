using FastRnn.Generators.Diagnostics;

namespace FastRnn.Generators.Analysis;

/// <summary>What Analysis says of a cell.</summary>
/// <param name="Key">The class's fully qualified name.</param>
/// <param name="Graph">Null if there is an error.</param>
/// <param name="Members">Null if there is an error.</param>
/// <param name="Problems">What is wrong.</param>
internal sealed record CellOutcome(string Key, CellGraph? Graph, CellMembers? Members, EquatableArray<Problem> Problems);

/// <summary>What the other half of a cell's class says. It holds no places: moving a line in the class does not write it anew.</summary>
/// <param name="Class">The class.</param>
/// <param name="Fields">The parameters in declared order.</param>
/// <param name="States">The states in the order of the returned tuple.</param>
/// <param name="Taken">For each parameter of Step after the input the index of its state.</param>
/// <param name="Source">The text to record in the assembly; null if the class cannot be named outside of its file or containing
/// types.</param>
internal sealed record CellMembers(
    PartialClass Class,
    EquatableArray<CellField> Fields,
    EquatableArray<string> States,
    EquatableArray<int> Taken,
    string? Source);

/// <summary>A field and its dimensions' fully qualified types; <paramref name="Columns"/> is empty for a vector.</summary>
internal sealed record CellField(string Name, string Rows, string Columns);
