using FastRnn.Generators.Algebra;
using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Tests.Harness;

/// <summary>Computes graphs in double precision, every dimension of length 2. Shares nothing with the emitter.</summary>
internal sealed class Interpreter
{
    public const int Size = 2;

    private readonly StepGraph step;

    public Interpreter(CellGraph cell, int seed)
    {
        step = LinearForms.Gather(cell);
        var random = new Random(seed);
        Parameters = [.. cell.Parameters.Select(p => Vector(random, p.IsVector ? Size : Size * Size))];
        Input = Vector(random, Size);
        States = [.. cell.States.Select(_ => Vector(random, Size))];
    }

    public double[][] Parameters { get; }

    public double[] Input { get; }

    public double[][] States { get; }

    /// <summary>The values of the forward nodes.</summary>
    public double[][] Forward()
    {
        var values = new double[step.Nodes.Count][];
        for (var i = 0; i < values.Length; i++)
        {
            var node = step.Nodes[i];
            values[i] = node.Operation switch
            {
                Operation.Input => Input,
                Operation.State => States[node.A],
                Operation.Parameter => Parameters[node.A],
                Operation.Constant => [node.Value, node.Value],
                Operation.Accumulate => Accumulate(step.Accumulators[node.A], values),
                _ => Computed(node, values),
            };
        }

        return values;
    }

    public static double[] Computed(Node node, double[][] values) => node.Operation switch
    {
        Operation.Sum => [values[node.A].Sum(), values[node.A].Sum()],
        Operation.Mean => [values[node.A].Average(), values[node.A].Average()],
        _ => Elementwise(node, values),
    };

    private static double[] Elementwise(Node node, double[][] values) =>
        [.. Enumerable.Range(0, Size).Select(i => Apply(node.Operation, values[node.A][i], node.IsBinary ? values[node.B][i] : 0))];

    public double[] Transposed(int parameter, double[] d) =>
        [.. Enumerable.Range(0, Size).Select(c => Enumerable.Range(0, Size).Sum(r => Parameters[parameter][r * Size + c] * d[r]))];

    private double[] Accumulate(Accumulator accumulator, double[][] values)
    {
        var sum = new double[Size];
        for (var r = 0; r < Size; r++)
        {
            sum[r] = accumulator.Biases.Sum(b => Parameters[b][r]);
            foreach (var term in accumulator.Terms)
            {
                for (var c = 0; c < Size; c++)
                {
                    sum[r] += Parameters[term.Parameter][r * Size + c] * values[term.Operand][c];
                }
            }
        }

        return sum;
    }

    private static double Apply(Operation operation, double a, double b) => operation switch
    {
        Operation.Add => a + b,
        Operation.Subtract => a - b,
        Operation.Multiply => a * b,
        Operation.Divide => a / b,
        Operation.Min => Math.Min(a, b),
        Operation.Max => Math.Max(a, b),
        Operation.Negate => -a,
        Operation.Sigmoid => 1 / (1 + Math.Exp(-a)),
        Operation.Tanh => Math.Tanh(a),
        Operation.Relu => Math.Max(a, 0),
        Operation.LeakyRelu => a > 0 ? a : 0.01 * a,
        Operation.Softplus => Math.Log(1 + Math.Exp(a)),
        Operation.HardSigmoid => Math.Clamp(a / 6 + 0.5, 0, 1),
        Operation.HardTanh => Math.Clamp(a, -1, 1),
        Operation.Exp => Math.Exp(a),
        Operation.Log => Math.Log(a),
        Operation.Sqrt => Math.Sqrt(a),
        Operation.Square => a * a,
        Operation.Abs => Math.Abs(a),
        Operation.Step => a > 0 ? 1 : 0,
        Operation.Sign => Math.Sign(a),
        _ => throw new InvalidOperationException(operation.ToString()),
    };

    private static double[] Vector(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 2 - 1)];
}
