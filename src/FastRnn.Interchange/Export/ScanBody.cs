using FastRnn.Interchange.Onnx.Proto;

using DataType = FastRnn.Interchange.Onnx.Proto.TensorProto.Types.DataType;

namespace FastRnn.Interchange.Export;

/// <summary>One step of a cell as a graph: states <c>[B, D]</c> and the input <c>[B, I]</c> in, new states and the output out.</summary>
/// <param name="graph">The graph around it, which has the weights.</param>
/// <param name="body">The step.</param>
/// <param name="weights">The model's numbers.</param>
/// <param name="layer">The layer of one direction.</param>
/// <param name="suffix">With what its names end.</param>
internal sealed class ScanBody(OnnxGraph graph, OnnxGraph body, ExportWeights weights, LayerInfo layer, string suffix)
{
    private static readonly HashSet<string> Others =
        ["Input", "State", "Parameter", "Constant", "Product", "Sum", "Mean"];

    private readonly Dictionary<int, string> parameters = [];
    private readonly List<string> values = [];

    // Whether a value has a row for each sequence: constants and parameters are one row, or one number, for all of them.
    private readonly List<bool> hasRows = [];
    private string x = "";
    private string[] states = [];

    /// <summary>Why a cell cannot be written, or null.</summary>
    public static string? Obstacle(CellEquations equations)
    {
        string[] unknown =
            [.. equations.Operations.Select(o => o.Name).Where(o => !OnnxFunction.Knows(o) && !Others.Contains(o)).Distinct()];
        return unknown.Length == 0 ? null : $"its equations use {string.Join(", ", unknown)}, which ONNX has not";
    }

    /// <summary>Writes the equations.</summary>
    public void Write(RecurrentGroup group, CellEquations equations)
    {
        states = [.. group.States.Select(s => body.Input($"{s.Name}_{suffix}", DataType.Float, "batch", s.Size))];
        x = body.Input($"x_{suffix}", DataType.Float, "batch", layer.InputSize);
        foreach (var operation in equations.Operations)
        {
            hasRows.Add(operation.Name switch
            {
                "Input" or "State" => true,
                "Parameter" or "Constant" => false,
                "Product" => hasRows[operation.B],
                _ => hasRows[operation.A] || (operation.B >= 0 && hasRows[operation.B]),
            });
            values.Add(Value(operation));
        }

        for (var s = 0; s < states.Length; s++)
            Result($"{group.States[s].Name}_next_{suffix}", s, equations.NewStates[s], group.States[s].Size);
        Result($"out_{suffix}", 0, equations.NewStates[0], group.States[0].Size);
    }

    private string Value(CellOperation operation) => operation.Name switch
    {
        "Input" => x,
        "State" => states[operation.A],
        "Parameter" => Vector(operation.A),
        "Constant" => graph.Number(operation.Value),
        "Product" => body.Add("MatMul", Label(operation), [values[operation.B], Matrix(operation.A)]),
        "Sum" => Reduced("ReduceSum", operation, [values[operation.A], graph.Integers(-1)]),
        "Mean" => Reduced("ReduceMean", operation, [values[operation.A]], OnnxAttribute.Integers("axes", -1)),
        _ when operation.B >= 0 => Function(operation, values[operation.A], values[operation.B]),
        _ => Function(operation, values[operation.A]),
    };

    private string Function(CellOperation operation, params string[] inputs) =>
        OnnxFunction.Add(graph, body, operation.Name, Label(operation), inputs);

    // In the language a sum of a vector is a vector, too, of equal elements: as long as the one that was summed.
    private string Reduced(string op, CellOperation operation, string[] inputs, params AttributeProto[] attributes)
    {
        var one = body.Add(op, Label(operation), inputs, [.. attributes, OnnxAttribute.Integer("keepdims", 1)]);
        var shape = body.Add("Shape", one + ".shape", [values[operation.A]]);
        return body.Add("Expand", one + ".expanded", [one, shape]);
    }

    private void Result(string name, int state, int operation, int size)
    {
        var result = hasRows[operation]
            ? body.Add("Identity", name, [values[operation]])
            : body.Add("Expand", name, [values[operation], body.Add("Shape", name + ".shape", [states[state]])]);
        body.Output(result, "batch", size);
    }

    private string Label(CellOperation operation) =>
        $"{(operation.Variable.Length > 0 ? operation.Variable : operation.Name.ToLowerInvariant())}_{suffix}";

    private string Vector(int parameter)
    {
        var info = layer.Parameters[parameter];
        if (!parameters.TryGetValue(parameter, out var name))
        {
            name = graph.Weights($"{info.Name}_{suffix}", [info.Rows], target => weights.Of(layer, info).CopyTo(target));
            parameters[parameter] = name;
        }

        return name;
    }

    // Rows times the transpose: [B, C] [C, R].
    private string Matrix(int parameter)
    {
        var info = layer.Parameters[parameter];
        if (!parameters.TryGetValue(parameter, out var name))
        {
            name = graph.Weights($"{info.Name}_{suffix}.T", [info.Columns, info.Rows], target => weights.Transpose(layer, info, target));
            parameters[parameter] = name;
        }

        return name;
    }
}
