using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Analysis;

/// <summary>A cell, checked and in a form to compute with: dimensions by name, not yet by size.</summary>
/// <param name="TypeName">The fully qualified name, without <c>global::</c>, such as <c>FastRnn.Cells.Lstm</c>; or <c>Dense</c>.</param>
/// <param name="Name">The class's own name.</param>
/// <param name="OwnDimensions">Dimensions other than Input and Hidden, in the order of their first appearance in the fields.</param>
/// <param name="Parameters">In declared order.</param>
/// <param name="States">In the order of the returned tuple; the first is the output.</param>
/// <param name="Nodes">In the order of computation: operands come before their users.</param>
/// <param name="NewStates">For each state the node that is its new value, or <see cref="GivenState"/>.</param>
/// <param name="Equations">The statements as the user wrote them (white space normalised), for the comments of emitted code.</param>
/// <param name="Tensors">Tensors of a weights file.</param>
internal sealed record CellGraph(
    string TypeName,
    string Name,
    EquatableArray<string> OwnDimensions,
    EquatableArray<ParameterSpec> Parameters,
    EquatableArray<StateSpec> States,
    EquatableArray<Node> Nodes,
    EquatableArray<int> NewStates,
    EquatableArray<Equation> Equations,
    EquatableArray<TensorSpec> Tensors)
{
    /// <summary>In place of a new value: no step computes the state, every step finds it anew, and no gradient goes to it.</summary>
    public const int GivenState = -1;
}

/// <summary>A learned parameter. <paramref name="Columns"/> is empty for a vector.</summary>
internal sealed record ParameterSpec(string Name, string Rows, string Columns, Initializer Initializer, double InitializerValue)
{
    public bool IsVector => Columns.Length == 0;
}

/// <summary>A carried state: the name of Step's parameter, and its dimension.</summary>
internal sealed record StateSpec(string Name, string Dimension);

/// <summary>A statement <c>target = expression</c>: its text, and the node that is its value.</summary>
internal sealed record Equation(string Text, int Node);

/// <summary>A tensor of a weights file without the layer's suffix; a part starts with <c>+</c> if it is folded.</summary>
internal sealed record TensorSpec(string Name, EquatableArray<string> Parts);
