using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Differentiation;

/// <summary>The backward pass of one step as a graph.</summary>
/// <param name="Nodes">The forward nodes of the step, unchanged and first, then the adjoint ones, all element-wise or leaves.</param>
/// <param name="ForwardCount">Number of forward nodes.</param>
/// <param name="Origins">For each adjoint node (index minus <see cref="ForwardCount"/>) the forward node whose derivative made it.</param>
/// <param name="DAccumulators">For each accumulator the node of its gradient, or -1 if nothing depends on it.</param>
/// <param name="DParameters">Vector parameters used element-wise, with the gradient of one step.</param>
/// <param name="DStates">For each state the part of the gradient of its old value that does not go through a matrix, or -1.</param>
/// <param name="DInput">The same for the input.</param>
internal sealed record AdjointGraph(
    EquatableArray<Node> Nodes,
    int ForwardCount,
    EquatableArray<int> Origins,
    EquatableArray<int> DAccumulators,
    EquatableArray<ParameterGradient> DParameters,
    EquatableArray<int> DStates,
    int DInput);

/// <summary>A vector parameter and the node of its gradient.</summary>
internal sealed record ParameterGradient(int Parameter, int Node);
