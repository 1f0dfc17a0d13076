namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>A node at least one of whose inputs is a symbol, with the values of its inputs.</summary>
/// <param name="Run">The evaluation.</param>
/// <param name="Node">The node.</param>
/// <param name="Inputs">A value for each input; null for what is left out.</param>
internal sealed record NodeCall(GraphRun Run, OnnxNode Node, IReadOnlyList<Value?> Inputs)
{
    /// <summary>What the layer that the node becomes is called.</summary>
    public string Name => Node.Name.Length > 0 ? Node.Name : Node.Outputs.FirstOrDefault(o => o.Length > 0) ?? Node.Operator;

    public Value? Input(int index) => index < Inputs.Count ? Inputs[index] : null;

    public Symbol? Symbol(int index) => Input(index) as Symbol;

    public ConstantValue? Constant(int index) => Input(index) as ConstantValue;

    public OnnxAttributes Attributes => Node.Attributes;

    /// <summary>Notes what is not understood at this node.</summary>
    /// <returns>What its outputs are then.</returns>
    public Value Refuse(string text)
    {
        Run.Findings.Problem($"{Node.Place}: {text}");
        return UnknownValue.Instance;
    }

    /// <summary>Integers that are an input of the node, or an attribute in older opsets.</summary>
    /// <exception cref="ForeignFileException">They depend on the data, or the attribute is of another type.</exception>
    public IReadOnlyList<int>? Integers(int input, string attribute)
    {
        if (Input(input) is not { } value)
            return Attributes.Integers(attribute)?.Select(Narrow).ToArray();
        if (value is not ConstantValue constant)
            throw new ForeignFileException($"{Node.Place}: its {attribute} depend on the data");
        Run.Use(constant, "shape arithmetic");
        Run.Budget.Spend(constant.Count);
        return [.. Enumerable.Range(0, constant.Count).Select(i => Narrow((long)constant[i]))];
    }

    /// <summary>A dimension, counted from the end if negative.</summary>
    /// <exception cref="ForeignFileException">There is no such dimension.</exception>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw new ForeignFileException($"{Node.Place}: axis {axis}: expected one of {rank} dimensions");

    // Slices say "to the end" by the largest 64-bit number.
    private static int Narrow(long value) => (int)Math.Clamp(value, int.MinValue + 1, int.MaxValue);
}
