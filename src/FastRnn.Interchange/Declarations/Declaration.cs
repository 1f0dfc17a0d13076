namespace FastRnn.Interchange.Declarations;

/// <summary>A network as C#, and where its numbers go.</summary>
/// <param name="Text">The file: cells, if none of the library's fits, and the model.</param>
/// <param name="Placements">One for each learned parameter.</param>
internal sealed record Declaration(string Text, IReadOnlyList<Placement> Placements);
