using FastRnn.Generators.Algebra;
using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Differentiation;

/// <summary>A loss and its gradient as one graph, whose only sums along vectors are <see cref="Operation.Sum"/>.</summary>
/// <param name="Nodes">In the order of computation.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Outputs">For each vector of outputs the node of its gradient.</param>
/// <param name="Equations">The statements as the user wrote them.</param>
internal sealed record LossGradient(
    EquatableArray<Node> Nodes, int Loss, EquatableArray<int> Outputs, EquatableArray<Equation> Equations);
