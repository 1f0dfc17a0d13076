using System.Globalization;
using System.Text;

using FastRnn.CompilerServices;

namespace FastRnn.Interchange.Export;

/// <summary>A cell's equations as a module of torch.nn that walks over the steps in Python. Its tensors are those of the weights
/// file.</summary>
/// <param name="name">The module's class.</param>
/// <param name="layer">The layer of one direction.</param>
/// <param name="states">Its states, without the masks of a recurrent dropout.</param>
/// <param name="equations">One step.</param>
internal sealed class PyTorchEquations(string name, LayerInfo layer, IReadOnlyList<StateInfo> states, CellEquations equations)
{
    private static readonly Dictionary<string, string> Functions = new()
    {
        ["Sigmoid"] = "torch.sigmoid",
        ["Tanh"] = "torch.tanh",
        ["Relu"] = "torch.relu",
        ["LeakyRelu"] = "nn.functional.leaky_relu",
        ["Softplus"] = "nn.functional.softplus",
        ["HardSigmoid"] = "nn.functional.hardsigmoid",
        ["HardTanh"] = "nn.functional.hardtanh",
        ["Exp"] = "torch.exp",
        ["Log"] = "torch.log",
        ["Sqrt"] = "torch.sqrt",
        ["Square"] = "torch.square",
        ["Abs"] = "torch.abs",
    };

    private static readonly Dictionary<string, (string Sign, int Strength)> Operators = new()
    {
        ["Add"] = ("+", PythonText.Sum),
        ["Subtract"] = ("-", PythonText.Sum),
        ["Multiply"] = ("*", PythonText.Product),
        ["Divide"] = ("/", PythonText.Product),
    };

    private static readonly HashSet<string> Others =
        ["Input", "State", "Parameter", "Constant", "Product", "Sum", "Mean", "Min", "Max", "Negate"];

    private readonly PythonNames names = new("self", "torch", "nn", "x");
    private readonly List<string> arguments = [];
    private readonly List<string> statements = [];
    private readonly Dictionary<int, string> parameters = [];
    private readonly List<PythonText> values = [];

    /// <summary>Why a cell cannot be written, or null.</summary>
    public static string? Obstacle(CellEquations equations)
    {
        string[] unknown =
        [
            .. equations.Operations.Select(o => o.Name)
                .Where(o => !Functions.ContainsKey(o) && !Operators.ContainsKey(o) && !Others.Contains(o)).Distinct(),
        ];
        return unknown.Length == 0 ? null : $"its equations use {string.Join(", ", unknown)}, for which there is no function of torch";
    }

    /// <summary>What the module calls a tensor of the file: every module has the number 0, as torch's own.</summary>
    public static string Attribute(string tensor) => tensor[..tensor.LastIndexOf("_l", StringComparison.Ordinal)] + "_l0";

    /// <summary>The class.</summary>
    /// <param name="tensors">Its tensors in the file.</param>
    public string Write(IReadOnlyList<TensorInfo> tensors)
    {
        arguments.AddRange(states.Select(s => names.New(s.Name)));
        Parameters(tensors);
        foreach (var (operation, index) in equations.Operations.Select((o, i) => (o, i)))
            values.Add(Named(operation, index, Value(operation)));
        var results = equations.NewStates.Select(State).ToList();

        var sizes = string.Join(", ", states.Select(s => N(s.Size)));
        var text = new StringBuilder();
        text.AppendLine($"class {name}(nn.Module):").AppendLine("    def __init__(self):").AppendLine("        super().__init__()");
        foreach (var tensor in tensors)
            text.AppendLine($"        self.{Attribute(tensor.Name)} = nn.Parameter(torch.zeros({Shape(tensor)}))");
        text.AppendLine().AppendLine($"    def step(self, x, {string.Join(", ", arguments)}):");
        var shapes = string.Join(", ", states.Select((s, i) => $"{arguments[i]} [B, {N(s.Size)}]"));
        text.AppendLine($"        \"\"\"x [B, {N(layer.InputSize)}], {shapes}.\"\"\"");
        foreach (var statement in statements)
            text.AppendLine("        " + statement);
        text.AppendLine($"        return {string.Join(", ", results)}{(results.Count == 1 ? "," : "")}");
        text.AppendLine().AppendLine("    def forward(self, x, states=None):");
        text.AppendLine($"        \"\"\"x [T, B, {N(layer.InputSize)}]; y [T, B, {N(states[0].Size)}] and the last states.\"\"\"");
        text.AppendLine("        if states is None:");
        text.AppendLine($"            states = [x.new_zeros(x.shape[1], size) for size in [{sizes}]]");
        text.AppendLine("        y = []").AppendLine("        for step in x:").AppendLine("            states = self.step(step, *states)");
        text.AppendLine("            y.append(states[0])").AppendLine("        return torch.stack(y), states");
        return text.ToString();
    }

    // A parameter is a tensor, rows of one, or the sum of two (torch's second bias).
    private void Parameters(IReadOnlyList<TensorInfo> tensors)
    {
        var places = new Dictionary<int, List<string>>();
        foreach (var tensor in tensors)
        {
            var row = 0;
            foreach (var part in tensor.Parts)
            {
                var rows = layer.Parameters[part.Parameter].Rows;
                var whole = $"self.{Attribute(tensor.Name)}";
                places.TryAdd(part.Parameter, []);
                places[part.Parameter].Add(tensor.Parts.Count == 1 ? whole : $"{whole}[{N(row)}:{N(row + rows)}]");
                row += rows;
            }
        }

        var used = equations.Operations.Where(o => o.Name is "Parameter" or "Product").Select(o => o.A).ToHashSet();
        foreach (var (parameter, place) in places.OrderBy(p => p.Key).Where(p => used.Contains(p.Key)))
        {
            parameters[parameter] = names.New(layer.Parameters[parameter].Name);
            statements.Add($"{parameters[parameter]} = {string.Join(" + ", place)}");
        }
    }

    // What the user gave a name, or reads twice, is a statement.
    private PythonText Named(CellOperation operation, int index, PythonText value)
    {
        var isLeaf = operation.Name is "Input" or "State" or "Parameter" or "Constant";
        var uses = equations.Operations.Count(o => Operands(o).Contains(index)) + equations.NewStates.Count(s => s == index);
        if (isLeaf || (operation.Variable.Length == 0 && uses < 2))
            return value;
        var variable = names.New(operation.Variable.Length > 0 ? operation.Variable : operation.Name.ToLowerInvariant());
        statements.Add($"{variable} = {value.Text}");
        return value with { Text = variable, Strength = PythonText.Atom };
    }

    private static IEnumerable<int> Operands(CellOperation operation) => operation.Name switch
    {
        "Input" or "State" or "Parameter" or "Constant" => [],
        "Product" => [operation.B],
        _ => operation.A == operation.B ? [operation.A] : [operation.A, operation.B],
    };

    private PythonText Value(CellOperation operation)
    {
        switch (operation.Name)
        {
            case "Input":
                return new("x", PythonText.Atom, HasRows: true);
            case "State":
                return new(arguments[operation.A], PythonText.Atom, HasRows: true);
            case "Parameter":
                return new(parameters[operation.A], PythonText.Atom, HasRows: false);
            case "Constant":
                var strength = operation.Value < 0 ? 0 : PythonText.Atom;
                return new(Number(operation.Value), strength, HasRows: false, IsNarrow: true, IsNumber: true);
            case "Product":
                var vector = values[operation.B];
                return new($"{vector.Bracket(PythonText.Product)} @ {parameters[operation.A]}.T", PythonText.Product, vector.HasRows);
        }

        var a = values[operation.A];
        if (operation.Name == "Negate")
            return a with { Text = "-" + a.Bracket(PythonText.Atom), Strength = PythonText.Product };
        if (operation.B < 0 || values[operation.B].IsNumber)
            a = Tensor(a);
        if (operation.B >= 0)
            return Both(operation.Name, a, values[operation.B]);
        return operation.Name switch
        {
            "Sum" or "Mean" => a.Call($"{a.Bracket(PythonText.Atom)}.{operation.Name.ToLowerInvariant()}(-1, keepdim=True)") with
            {
                IsNarrow = true,
            },
            _ => a.Call($"{Functions[operation.Name]}({a.Text})"),
        };
    }

    // Python's numbers are doubles without methods, whose division by zero is an error: alone they are computed as tensors.
    private static PythonText Tensor(PythonText value) =>
        value.IsNumber ? new($"x.new_tensor({value.Text})", PythonText.Atom, HasRows: false, IsNarrow: true) : value;

    private static string Number(double value) =>
        double.IsNaN(value) ? "torch.nan"
        : double.IsInfinity(value) ? (value < 0 ? "-torch.inf" : "torch.inf")
        : value.ToString("R", CultureInfo.InvariantCulture);

    // At most one of them is a number.
    private static PythonText Both(string operation, PythonText a, PythonText b)
    {
        if (Operators.TryGetValue(operation, out var sign))
            return PythonText.Of(sign.Sign, sign.Strength, a, b);
        var isMin = operation == "Min";
        var (tensor, number) = a.IsNumber ? (b, a) : (a, b);
        var text = number.IsNumber
            ? $"{tensor.Bracket(PythonText.Atom)}.clamp({(isMin ? "max" : "min")}={number.Text})"
            : $"torch.{(isMin ? "minimum" : "maximum")}({a.Text}, {b.Text})";
        return new(text, PythonText.Atom, a.HasRows || b.HasRows, a.IsNarrow && b.IsNarrow);
    }

    // A state has a row of its own length for each sequence, whatever it was made of.
    private string State(int operation, int state)
    {
        var (value, old) = (values[operation], arguments[state]);
        return value.IsNumber ? $"torch.full_like({old}, {value.Text})"
            : value.HasRows && !value.IsNarrow ? value.Text
            : $"{value.Bracket(PythonText.Atom)}.expand_as({old})";
    }

    private string Shape(TensorInfo tensor)
    {
        var parts = tensor.Parts.Select(p => layer.Parameters[p.Parameter]).ToList();
        var rows = N(parts.Sum(p => p.Rows));
        return parts[0].IsVector ? rows : $"{rows}, {N(parts[0].Columns)}";
    }

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
