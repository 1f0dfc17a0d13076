using FastRnn.Generators.Algebra;
using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Differentiation;

/// <summary>Reverse mode from a loss to the outputs that it reads. What all elements share is a number here, and so is its gradient: a
/// number that meets each element of a vector gets the sum of what they hand back.</summary>
internal static class LossDifferentiator
{
    private const string Dimension = "Target";

    public static LossGradient Differentiate(LossStep step)
    {
        var g = new GraphBuilder();
        var isNumber = new NumberTable(g.Nodes);
        var moved = Lower(step, g, isNumber);
        var loss = moved[step.Loss];
        var count = g.Count;
        var gradient = Enumerable.Repeat(-1, count).ToArray();
        gradient[loss] = g.Constant(1);
        for (var i = loss; i >= 0; i--)
        {
            if (gradient[i] < 0 || !g[i].HasOperand)
            {
                continue;
            }

            if (g[i].Operation == Operation.Sum)
            {
                Give(g[i].A, gradient[i], ofVector: false);
                continue;
            }

            var isVector = !isNumber[i];
            Differentiator.HandBack(g, i, gradient[i], (operand, part) => Give(operand, part, isVector));
        }

        void Give(int node, int part, bool ofVector)
        {
            if (g[node].Operation is Operation.Constant or Operation.Length)
            {
                return;
            }

            if (ofVector && isNumber[node])
            {
                part = isNumber[part] ? g.Binary(Operation.Multiply, part, Length(g)) : g.Unary(Operation.Sum, part);
            }

            gradient[node] = gradient[node] < 0 ? part : g.Binary(Operation.Add, gradient[node], part);
        }

        var outputs = Enumerable.Range(0, count).Where(i => g[i].Operation == Operation.Input && g[i].A < step.Outputs)
            .OrderBy(i => g[i].A).ToList();
        foreach (var output in outputs)
        {
            g.Name(gradient[output], "d" + g[output].Name);
        }

        var nodes = g.Live(outputs.Select(o => gradient[o]).Append(loss), out var places);
        return new LossGradient(
            nodes, places[loss], new(outputs.Select(o => places[gradient[o]])),
            new(step.Equations.Select(e => e with { Node = places[moved[e.Node]] })));
    }

    private static int Length(GraphBuilder g) => g.Add(Operation.Length, Dimension);

    /// <summary>Writes means as sums divided by the number of elements, and sums of a number as products with it.</summary>
    private static int[] Lower(LossStep step, GraphBuilder g, NumberTable isNumber)
    {
        var moved = new int[step.Nodes.Count];
        for (var i = 0; i < moved.Length; i++)
        {
            var node = step.Nodes[i];
            if (node.IsReduction)
            {
                moved[i] = (isNumber[moved[node.A]], node.Operation == Operation.Mean) switch
                {
                    (true, true) => moved[node.A],
                    (true, false) => g.Binary(Operation.Multiply, moved[node.A], Length(g)),
                    (false, true) => g.Binary(Operation.Divide, g.Unary(Operation.Sum, moved[node.A]), Length(g)),
                    (false, false) => g.Unary(Operation.Sum, moved[node.A]),
                };
                g.Name(moved[i], node.Name);
                continue;
            }

            moved[i] = g.Add(
                node.Operation, node.Dimension, node.HasOperand ? moved[node.A] : node.A, node.IsBinary ? moved[node.B] : node.B,
                node.Value, node.Name);
        }

        return moved;
    }
}
