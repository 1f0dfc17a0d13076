using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Differentiation;

/// <summary>Reverse mode: one walk from the new states to the leaves.</summary>
internal static class Differentiator
{
    public static AdjointGraph Differentiate(StepGraph step)
    {
        var g = new GraphBuilder(step.Nodes);
        var count = step.Nodes.Count;
        var gradient = new int[count];
        for (var i = 0; i < count; i++)
        {
            gradient[i] = -1;
        }

        void Give(int node, int contribution)
        {
            if (step.Nodes[node].Operation != Operation.Constant)
            {
                gradient[node] = gradient[node] < 0 ? contribution : g.Add(gradient[node], contribution);
            }
        }

        for (var s = 0; s < step.NewStates.Count; s++)
        {
            var node = step.NewStates[s];
            g.Origin = node;
            Give(node, g.Leaf(Operation.StateGradient, step.Nodes[node].Dimension, s));
            if (s == 0)
            {
                Give(node, g.Leaf(Operation.OutputGradient, step.Nodes[node].Dimension, 0));
            }
        }

        // Accumulators come after their operands, so their gradients are known when an operand is reached.
        bool IsMultiplied(int node) => step.Nodes
            .Where((n, i) => n.Operation == Operation.Accumulate && gradient[i] >= 0)
            .Any(n => step.Accumulators[n.A].Terms.Any(t => t.Operand == node));

        for (var i = count - 1; i >= 0; i--)
        {
            g.Origin = i;
            var node = step.Nodes[i];
            var computed = node.HasOperand || node.Operation == Operation.Accumulate;
            if (computed && IsMultiplied(i))
            {
                Give(i, g.Leaf(Operation.OperandGradient, node.Dimension, i));
            }

            if (gradient[i] >= 0 && node.HasOperand)
            {
                Name(g, gradient[i], node.Name, count);
                LocalDerivatives.Apply(g, i, gradient[i], Give);
            }
        }

        return Collect(step, g, gradient);
    }

    private static AdjointGraph Collect(StepGraph step, GraphBuilder g, int[] gradient)
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
            new(g.Nodes), count, new(g.Origins.Skip(count)), new(dAccumulators), new(dParameters), new(dStates), dInput);
    }

    /// <summary>The gradient of a variable bears its name, unless it is a leaf or already the gradient of another.</summary>
    private static void Name(GraphBuilder g, int gradient, string name, int forwardCount)
    {
        if (name.Length > 0 && gradient >= forwardCount && g.Nodes[gradient].Name.Length == 0)
        {
            g.Nodes[gradient] = g.Nodes[gradient] with { Name = "d" + name };
        }
    }
}
