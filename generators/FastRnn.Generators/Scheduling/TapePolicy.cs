using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Scheduling;

/// <summary>Decides which forward values the backward pass finds on the tape, which it computes again, and which
/// it finds elsewhere (states). Arithmetic on values that are there anyway is cheaper than memory; functions are not.</summary>
internal sealed class TapePolicy
{
    private readonly LayerContext context;
    private readonly bool[] asked;

    public TapePolicy(LayerContext context)
    {
        this.context = context;
        var nodes = context.Step.Nodes;
        asked = new bool[nodes.Count];
        Recorded = new bool[nodes.Count];
        Always = new bool[nodes.Count];
        MarkAlways();
        MarkAsked();
        for (var i = nodes.Count - 1; i >= 0; i--)
        {
            Decide(i, nodes[i]);
        }

        for (var i = 0; i < nodes.Count; i++)
        {
            if (Recorded[i] || Always[i])
            {
                context.Tape.Add(i, context.Size(nodes[i].Dimension));
            }
        }

        foreach (var uniform in Enumerable.Range(0, nodes.Count).Where(context.IsUniform))
        {
            context.Tape.Add(context.TapeLineKey(uniform), RowLayout.LineFloats);
        }
    }

    /// <summary>Nodes that go to the tape when a backward pass will follow.</summary>
    public bool[] Recorded { get; }

    /// <summary>Nodes that a later kernel of the forward step itself reads from the tape.</summary>
    public bool[] Always { get; }

    /// <summary>The state whose new value a node is, or -1.</summary>
    public int NewStateOf(int node)
    {
        for (var s = 0; s < context.Step.NewStates.Count; s++)
        {
            if (context.Step.NewStates[s] == node)
            {
                return s;
            }
        }

        return -1;
    }

    private static bool IsComputed(Node node) => node.HasOperand || node.Operation == Operation.Accumulate;

    private void MarkAlways()
    {
        foreach (var term in context.Step.Accumulators.SelectMany(a => a.Terms))
        {
            Always[term.Operand] = IsComputed(context.Step.Nodes[term.Operand]);
        }

        for (var i = 0; i < context.Step.Nodes.Count; i++)
        {
            var node = context.Step.Nodes[i];
            foreach (var operand in node.Operands)
            {
                // A reduction reads whole rows; a uniform number every kernel finds on its line.
                var before = context.Step.Nodes[operand];
                var isElsewhere = !context.IsUniform(operand) && !context.ForwardGroup(operand).Equals(context.ForwardGroup(i));
                Always[operand] |= IsComputed(before) && (node.IsReduction || isElsewhere);
            }
        }
    }

    private void MarkAsked()
    {
        var adjoint = context.Adjoint;
        for (var i = adjoint.ForwardCount; i < adjoint.Nodes.Count; i++)
        {
            foreach (var operand in adjoint.Nodes[i].Operands.Where(o => o < adjoint.ForwardCount))
            {
                asked[operand] = true;
            }
        }
    }

    private void Decide(int index, Node node)
    {
        if (!asked[index] || !IsComputed(node) || context.IsUniform(index) || Always[index] || NewStateOf(index) >= 0)
        {
            return;
        }

        if (FunctionTable.Of(node.Operation) is { Price: Price.Cheap } && node.Operands.All(IsAtHand))
        {
            return;
        }

        Recorded[index] = true;
    }

    private bool IsAtHand(int node) =>
        !IsComputed(context.Step.Nodes[node]) || context.IsUniform(node) || asked[node] || Always[node] || NewStateOf(node) >= 0;
}
