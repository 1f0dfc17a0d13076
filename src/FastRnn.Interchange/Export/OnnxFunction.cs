using FastRnn.Interchange.Onnx.Proto;

namespace FastRnn.Interchange.Export;

/// <summary>The language's functions and operators of numbers as ONNX's.</summary>
internal static class OnnxFunction
{
    private static readonly Dictionary<string, string> Operators = new()
    {
        ["Add"] = "Add",
        ["Subtract"] = "Sub",
        ["Multiply"] = "Mul",
        ["Divide"] = "Div",
        ["Min"] = "Min",
        ["Max"] = "Max",
        ["Negate"] = "Neg",
        ["Sigmoid"] = "Sigmoid",
        ["Tanh"] = "Tanh",
        ["Relu"] = "Relu",
        ["LeakyRelu"] = "LeakyRelu",
        ["Softplus"] = "Softplus",
        ["HardSigmoid"] = "HardSigmoid",
        ["HardTanh"] = "Clip",
        ["Exp"] = "Exp",
        ["Log"] = "Log",
        ["Sqrt"] = "Sqrt",
        ["Square"] = "Mul",
        ["Abs"] = "Abs",
    };

    // The slopes of FastRnn.Language.Functions; ONNX's own HardSigmoid is 0.2 x + 0.5.
    private static readonly Dictionary<string, AttributeProto[]> Attributes = new()
    {
        ["LeakyRelu"] = [OnnxAttribute.Number("alpha", 0.01)],
        ["HardSigmoid"] = [OnnxAttribute.Number("alpha", 1.0 / 6), OnnxAttribute.Number("beta", 0.5)],
    };

    /// <summary>Whether there is one.</summary>
    public static bool Knows(string name) => Operators.ContainsKey(name);

    /// <summary>Adds a node.</summary>
    /// <param name="constants">The graph that has the constants.</param>
    /// <param name="graph">The graph that gets the node.</param>
    /// <param name="name">The function, as the language calls it.</param>
    /// <param name="output">The wanted name of its value.</param>
    /// <param name="inputs">One operand, or two.</param>
    public static string Add(OnnxGraph constants, OnnxGraph graph, string name, string output, string[] inputs) => graph.Add(
        Operators[name], output,
        name switch
        {
            "Square" => [inputs[0], inputs[0]],
            "HardTanh" => [inputs[0], constants.Number(-1), constants.Number(1)],
            _ => inputs,
        },
        Attributes.GetValueOrDefault(name, []).Select(a => a.Clone()));
}
