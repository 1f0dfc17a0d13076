using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Declarations;

/// <summary>What one parameter of the model is made of.</summary>
/// <param name="Layer">Which layer with parameters of its own (recurrent, of one direction, or dense), counted from 0; -1 for the
/// embedding's table.</param>
/// <param name="Parameter">The field's name in the cell.</param>
/// <param name="Parts">Views of the file's tensors that are added; none for zeros.</param>
internal sealed record Placement(int Layer, string Parameter, IReadOnlyList<WeightView> Parts);
