using FastRnn.Generators.Algebra;
using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Differentiation;

/// <summary>Reverse mode: one walk from the new states to the leaves.</summary>
internal static class Differentiator
{
    public static AdjointGraph Differentiate(StepGraph step)
    {
        var g = new GraphBuilder(step.Nodes);
        var count = step.Nodes.Count;
        var origins = new List<int>();
        var gradient = new int[count];
        for (var i = 0; i < count; i++)
        {
            gradient[i] = -1;
        }

        // What steps are given, and what is made of that alone, wants no gradient.
        var isGiven = new bool[count];
        for (var i = 0; i < count; i++)
        {
            var node = step.Nodes[i];
            isGiven[i] = node.Operation == Operation.State ? step.NewStates[node.A] < 0
                : node.Operands.Any(o => isGiven[o])
                    && node.Operands.All(o => isGiven[o] || step.Nodes[o].Operation == Operation.Constant);
        }

        void Give(int node, int contribution)
        {
            if (step.Nodes[node].Operation != Operation.Constant)
            {
                gradient[node] = gradient[node] < 0 ? contribution : g.Binary(Operation.Add, gradient[node], contribution);
            }
        }

        void CameFrom(int node) => origins.AddRange(Enumerable.Repeat(node, g.Count - count - origins.Count));

        for (var s = 0; s < step.NewStates.Count; s++)
        {
            var node = step.NewStates[s];
            if (node < 0)
            {
                continue;
            }

            Give(node, g.Add(Operation.StateGradient, step.Nodes[node].Dimension, s));
            if (s == 0)
            {
                Give(node, g.Add(Operation.OutputGradient, step.Nodes[node].Dimension, 0));
            }

            CameFrom(node);
        }

        // Accumulators come after their operands, so their gradients are known when an operand is reached.
        bool IsMultiplied(int node) => step.Nodes
            .Where((n, i) => n.Operation == Operation.Accumulate && gradient[i] >= 0)
            .Any(n => step.Accumulators[n.A].Terms.Any(t => t.Operand == node));

        for (var i = count - 1; i >= 0; i--)
        {
            var node = step.Nodes[i];
            var computed = node.HasOperand || node.Operation == Operation.Accumulate;
            if (computed && IsMultiplied(i))
            {
                Give(i, g.Add(Operation.OperandGradient, node.Dimension, i));
            }

            if (gradient[i] >= 0 && node.HasOperand)
            {
                Name(g, gradient[i], node.Name, count);
                HandBack(g, i, gradient[i], Give, operand => !isGiven[operand]);
            }

            CameFrom(i);
        }

        return Collect(step, g, origins, gradient);
    }

    /// <summary>Tells <paramref name="give"/>(operand, contribution) for each operand of node <paramref name="y"/>, whose gradient is
    /// <paramref name="d"/>; all of them, or those that <paramref name="wants"/> names.</summary>
    public static void HandBack(GraphBuilder g, int y, int d, Action<int, int> give, Func<int, bool>? wants = null)
    {
        var node = g[y];
        var slopes = FunctionTable.Of(node.Operation)!.Slopes;
        foreach (var (operand, slope) in node.Operands.Zip(slopes, (o, s) => (o, s)).Where(pair => wants?.Invoke(pair.o) ?? true))
        {
            give(operand, slope(new(g, node.A), new(g, node.B), new(g, y), new(g, d)).Node);
        }
    }

    private static AdjointGraph Collect(StepGraph step, GraphBuilder g, List<int> origins, int[] gradient)
    {
        var count = step.Nodes.Count;
        var dAccumulators = new int[step.Accumulators.Count];
        var dStates = step.NewStates.Select(_ => -1).ToArray();
        var dParameters = new List<ParameterGradient>();
        var dInput = -1;
        for (var i = 0; i < count; i++)
        {
            var node = step.Nodes[i];
            switch (node.Operation)
            {
                case Operation.Accumulate:
                    dAccumulators[node.A] = gradient[i];
                    Name(g, gradient[i], "pre_" + step.Accumulators[node.A].Name, count);
                    break;
                case Operation.State:
                    dStates[node.A] = gradient[i];
                    break;
                case Operation.Parameter when gradient[i] >= 0:
                    dParameters.Add(new ParameterGradient(node.A, gradient[i]));
                    break;
                case Operation.Input:
                    dInput = gradient[i];
                    break;
            }
        }

        return new AdjointGraph(
            new(g.Nodes), count, new(origins), new(dAccumulators), new(dParameters), new(dStates), dInput);
    }

    /// <summary>The gradient of a variable bears its name, unless it is a leaf or already the gradient of another.</summary>
    private static void Name(GraphBuilder g, int gradient, string name, int forwardCount)
    {
        if (name.Length > 0 && gradient >= forwardCount)
        {
            g.Name(gradient, "d" + name);
        }
    }
}
