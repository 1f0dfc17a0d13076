using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Differentiation;

/// <summary>The table "operation -> local derivative". Where it can, a derivative is written with the result <c>y</c>, because
/// that is what the tape holds anyway. At a kink the derivative is that of the side where it is 0, as in PyTorch.</summary>
internal static class LocalDerivatives
{
    /// <summary>Tells <paramref name="give"/>(operand, contribution) for each operand of node <paramref name="y"/>, whose gradient is
    /// <paramref name="d"/>.</summary>
    public static void Apply(GraphBuilder g, int y, int d, Action<int, int> give)
    {
        var node = g.Nodes[y];
        var a = node.A;
        var b = node.B;
        switch (node.Operation)
        {
            case Operation.Add:
                give(a, d);
                give(b, d);
                break;
            case Operation.Subtract:
                give(a, d);
                give(b, g.Unary(Operation.Negate, d));
                break;
            case Operation.Multiply:
                give(a, g.Multiply(d, b));
                give(b, g.Multiply(d, a));
                break;
            case Operation.Divide: // d(a / b) = da / b - y db / b
                var quotient = g.Divide(d, b);
                give(a, quotient);
                give(b, g.Unary(Operation.Negate, g.Multiply(quotient, y)));
                break;
            case Operation.Min: // the smaller operand gets it; b if they are equal
                Choose(g, d, g.Subtract(b, a), a, b, give);
                break;
            case Operation.Max:
                Choose(g, d, g.Subtract(a, b), a, b, give);
                break;
            default:
                give(a, Unary(g, node.Operation, a, y, d));
                break;
        }
    }

    private static void Choose(GraphBuilder g, int d, int difference, int a, int b, Action<int, int> give)
    {
        var first = g.Multiply(d, g.Unary(Operation.Step, difference));
        give(a, first);
        give(b, g.Subtract(d, first));
    }

    private static int Unary(GraphBuilder g, Operation operation, int x, int y, int d) => operation switch
    {
        Operation.Negate => g.Unary(Operation.Negate, d),

        // y = 1 1' x in both directions: every element of y has a part of every element of x.
        Operation.Sum or Operation.Mean => g.Unary(operation, d),

        // y (1 - y) d = (y d) - y (y d)
        Operation.Sigmoid => g.Subtract(g.Multiply(y, d), g.Multiply(y, g.Multiply(y, d))),

        // (1 - y y) d = d - y (y d)
        Operation.Tanh => g.Subtract(d, g.Multiply(y, g.Multiply(y, d))),
        Operation.Relu => g.Multiply(d, g.Unary(Operation.Step, y)),
        Operation.LeakyRelu => g.Multiply(
            d, g.Add(g.Constant(0.01), g.Multiply(g.Constant(0.99), g.Unary(Operation.Step, y)))),
        Operation.Softplus => g.Multiply(d, g.Unary(Operation.Sigmoid, x)),

        // 1/6 strictly between the two ends
        Operation.HardSigmoid => g.Multiply(
            g.Multiply(d, g.Constant(1.0 / 6)),
            g.Multiply(g.Unary(Operation.Step, y), g.Unary(Operation.Step, g.Subtract(g.Constant(1), y)))),
        Operation.HardTanh => g.Multiply(
            d, g.Unary(Operation.Step, g.Subtract(g.Constant(1), g.Unary(Operation.Abs, y)))),
        Operation.Exp => g.Multiply(d, y),
        Operation.Log => g.Divide(d, x),
        Operation.Sqrt => g.Divide(g.Multiply(g.Constant(0.5), d), y),
        Operation.Square => g.Multiply(g.Multiply(g.Constant(2), d), x),
        Operation.Abs => g.Multiply(d, g.Unary(Operation.Sign, x)),
        _ => throw new InvalidOperationException("no derivative of " + operation),
    };
}
