namespace FastRnn.Generators.Algebra;

/// <summary>One operation of a cell's graph. Nodes refer to earlier nodes by index.</summary>
/// <param name="Operation">What it computes.</param>
/// <param name="Dimension">The dimension of the vector; empty for a constant, which fits any.</param>
/// <param name="Name">The local variable or state that the user gave it; empty for a part of an expression.</param>
/// <param name="A">The first operand: a node, or for a leaf or product a state's or parameter's index; -1 if there is none.</param>
/// <param name="B">The second operand, a node; -1 if there is none.</param>
/// <param name="Value">The number of a constant.</param>
internal sealed record Node(
    Operation Operation, string Dimension, string Name = "", int A = -1, int B = -1, double Value = 0)
{
    public bool IsElementwise => Operation >= Operation.Add;

    /// <summary>Whether every element depends on all elements of the operand, and all are the same.</summary>
    public bool IsReduction => Operation is Operation.Sum or Operation.Mean;

    /// <summary>Whether <see cref="A"/> is a node.</summary>
    public bool HasOperand => IsElementwise || IsReduction;

    /// <summary>The nodes that it is computed from; those of products and accumulators are not among them.</summary>
    public IEnumerable<int> Operands => IsBinary ? [A, B] : HasOperand ? [A] : [];

    public bool IsBinary => FunctionTable.Of(Operation) is { Arity: 2 };
}
