using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Analysis;

/// <summary>A cell's graph with its sums of matrix products gathered into accumulators.</summary>
/// <param name="Nodes">As in <see cref="CellGraph"/>, with <see cref="Operation.Accumulate"/> in place of products.</param>
/// <param name="Accumulators">In the order of their nodes.</param>
/// <param name="NewStates">For each state the node that is its new value, or <see cref="CellGraph.GivenState"/>.</param>
/// <param name="Equations">The user's statements, with the nodes that are their values.</param>
internal sealed record StepGraph(
    EquatableArray<Node> Nodes,
    EquatableArray<Accumulator> Accumulators,
    EquatableArray<int> NewStates,
    EquatableArray<Equation> Equations);

/// <summary>One chain of fused multiply-adds: the sum of the biases, then each term's products in order.</summary>
/// <param name="Name">The variable for which it is the pre-activation.</param>
/// <param name="Dimension">Its dimension.</param>
/// <param name="Biases">Vector parameters.</param>
/// <param name="Terms">Matrix times vector; x first, then states, then what the step computed.</param>
internal sealed record Accumulator(
    string Name, string Dimension, EquatableArray<int> Biases, EquatableArray<Term> Terms);

/// <summary>A matrix parameter times a node.</summary>
internal sealed record Term(int Parameter, int Operand);
