using FastRnn.Generators.Algebra;
using FastRnn.Generators.Diagnostics;

namespace FastRnn.Generators.Analysis;

/// <summary>A loss, checked: what it computes for one position.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Outputs">Vectors of outputs that it reads; the leaf after them is the targets.</param>
/// <param name="Nodes">In the order of computation; of the leaves (Input) A says which parameter it is.</param>
/// <param name="Loss">The node that is the loss.</param>
/// <param name="Equations">The statements as the user wrote them.</param>
/// <param name="IsStatic">Whether the method is.</param>
internal sealed record LossStep(
    PartialClass Class, int Outputs, EquatableArray<Node> Nodes, int Loss, EquatableArray<Equation> Equations, bool IsStatic);

/// <summary>What Analysis says of a loss.</summary>
/// <param name="Key">The class's fully qualified name.</param>
/// <param name="Step">Null if there is an error.</param>
/// <param name="Problems">What is wrong.</param>
internal sealed record LossOutcome(string Key, LossStep? Step, EquatableArray<Problem> Problems);
