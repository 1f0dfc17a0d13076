namespace FastRnn.Generators.Algebra;

/// <summary>The operations on values, one row each. A new function of the language is a member of <see cref="Operation"/> and a row here;
/// in the runtime a method of <c>Language/Functions</c> and one of <c>Activation</c>. Where it can, a derivative is written with the
/// result <c>y</c>, because that is what the tape holds anyway. At a kink the derivative is that of the side where it is 0, as in
/// PyTorch.</summary>
internal static class FunctionTable
{
    private const double LayerNormEpsilon = 1e-5;

    // Columns: what it is; variables of the JIT, as it was seen; kept on the tape or computed again; whether it saturates;
    // the gradient that it hands back to its operands, where d is that of its value.
    private static readonly Function[] Rows =
    [
        Infix(Operation.Add, "+", Price.Cheap, (a, b, y, d) => d, (a, b, y, d) => d),
        Infix(Operation.Subtract, "-", Price.Cheap, (a, b, y, d) => d, (a, b, y, d) => -d),
        Infix(Operation.Multiply, "*", Price.Cheap, (a, b, y, d) => d * b, (a, b, y, d) => d * a),
        Infix(Operation.Divide, "/", Price.Dear, (a, b, y, d) => d / b, (a, b, y, d) => -(d / b * y)),
        Prefix(Operation.Negate, "-", Price.Cheap, (x, y, d) => -d),

        // The one that was chosen gets it; b if they are equal.
        Binary(Operation.Min, 3, Price.Cheap, (a, b, y, d) => d * Step(b - a), (a, b, y, d) => d - d * Step(b - a)),
        Binary(Operation.Max, 3, Price.Cheap, (a, b, y, d) => d * Step(a - b), (a, b, y, d) => d - d * Step(a - b)),

        Squashing(Operation.Sigmoid, 20, Price.Dear, (x, y, d) => y * d - y * (y * d)),
        Squashing(Operation.Tanh, 23, Price.Dear, (x, y, d) => d - y * (y * d)),
        Squashing(Operation.Relu, 3, Price.Cheap, (x, y, d) => d * Step(y)),
        Squashing(Operation.HardSigmoid, 5, Price.Dear, (x, y, d) => d * (1.0 / 6) * (Step(y) * Step(1 - y))),
        Squashing(Operation.HardTanh, 5, Price.Cheap, (x, y, d) => d * Step(1 - y.Of(Operation.Abs))),
        Unary(Operation.LeakyRelu, 3, Price.Dear, (x, y, d) => d * (0.01 + 0.99 * Step(y))),
        Unary(Operation.Softplus, 31, Price.Dear, (x, y, d) => d * x.Of(Operation.Sigmoid)),
        Unary(Operation.Exp, 20, Price.Dear, (x, y, d) => d * y),
        Unary(Operation.Log, 27, Price.Dear, (x, y, d) => d / x),
        Unary(Operation.Sqrt, 3, Price.Dear, (x, y, d) => 0.5 * d / y),
        Unary(Operation.Square, 3, Price.Cheap, (x, y, d) => 2 * d * x),
        Unary(Operation.Abs, 3, Price.Cheap, (x, y, d) => d * x.Of(Operation.Sign)),

        // y = 1 1' x in both directions: every element of y has a part of every element of x.
        Unary(Operation.Sum, 0, Price.Dear, (x, y, d) => d.Of(Operation.Sum)),
        Unary(Operation.Mean, 0, Price.Dear, (x, y, d) => d.Of(Operation.Mean)),
        new(Operation.LayerNorm, 1) { Formula = LayerNorm },

        Hidden(Operation.Step, 3),
        Hidden(Operation.Sign, 3),
        Hidden(Operation.Flush, 3),
    ];

    private static readonly Function?[] ByOperation = Index();

    private static readonly Dictionary<string, Function> ByName = Rows.Where(r => r.IsCalled).ToDictionary(r => r.Name);

    /// <summary>The functions that a cell can call.</summary>
    public static IEnumerable<Function> Called => ByName.Values;

    /// <summary>What is known of an operation; null for leaves and products, which are not computed of values alone.</summary>
    public static Function? Of(Operation operation) => ByOperation[(int)operation];

    /// <summary>The function that a cell calls by this name; null if there is none.</summary>
    public static Function? Named(string name) => ByName.TryGetValue(name, out var function) ? function : null;

    /// <summary>What <c>Functions.LayerNorm</c> computes: the elements less their mean, divided by their standard deviation.</summary>
    private static Quantity LayerNorm(Quantity x)
    {
        var centred = x - x.Of(Operation.Mean);
        var variance = centred.Of(Operation.Square).Of(Operation.Mean);
        return centred / (variance + LayerNormEpsilon).Of(Operation.Sqrt);
    }

    private static Quantity Step(Quantity x) => x.Of(Operation.Step);

    private static Function Infix(Operation operation, string symbol, Price price, Slope2 a, Slope2 b) =>
        new(operation, 2) { Symbol = symbol, Variables = 1, Price = price, Slopes = [a, b] };

    private static Function Prefix(Operation operation, string symbol, Price price, Slope1 x) =>
        new(operation, 1) { Symbol = symbol, Variables = 1, Price = price, Slopes = [(a, b, y, d) => x(a, y, d)] };

    private static Function Binary(Operation operation, int variables, Price price, Slope2 a, Slope2 b) =>
        new(operation, 2) { Variables = variables, Price = price, Slopes = [a, b] };

    private static Function Unary(Operation operation, int variables, Price price, Slope1 x, bool saturates = false) =>
        new(operation, 1) { Variables = variables, Price = price, Saturates = saturates, Slopes = [(a, b, y, d) => x(a, y, d)] };

    private static Function Squashing(Operation operation, int variables, Price price, Slope1 x) =>
        Unary(operation, variables, price, x, saturates: true);

    private static Function Hidden(Operation operation, int variables) => new(operation, 1) { Variables = variables, IsHidden = true };

    private static Function?[] Index()
    {
        var index = new Function?[Enum.GetValues(typeof(Operation)).Length];
        foreach (var row in Rows)
        {
            index[(int)row.Operation] = row;
        }

        return index;
    }
}
