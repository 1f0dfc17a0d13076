using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Scheduling;

/// <content>Sums along rows.</content>
internal sealed partial class BackwardScheduler
{
    private readonly List<int> reductions = [];

    /// <summary>The sums along rows that the roots depend on. Their operands are kept, whole rows of them.</summary>
    private void CollectReductions()
    {
        var isNeeded = new bool[nodes.Count];
        foreach (var root in roots.Where(r => r.Node >= 0))
        {
            isNeeded[root.Node] = true;
        }

        for (var i = nodes.Count - 1; i >= context.Adjoint.ForwardCount; i--)
        {
            foreach (var operand in nodes[i].Operands.Where(_ => isNeeded[i]))
            {
                isNeeded[operand] = true;
            }
        }

        reductions.AddRange(Enumerable.Range(context.Adjoint.ForwardCount, nodes.Count - context.Adjoint.ForwardCount)
            .Where(i => isNeeded[i] && nodes[i].IsReduction));
        foreach (var reduction in reductions)
        {
            context.DPre.Add(context.DPreLineKey(reduction), RowLayout.LineFloats);
            if (nodes[nodes[reduction].A].Operation != Operation.OutputGradient)
            {
                Keep(nodes[reduction].A);
            }
        }
    }

    private ReductionPlan Reduction(int node)
    {
        var row = nodes[node].A;
        return new(
            nodes[node].Operation,
            nodes[row].Operation == Operation.OutputGradient ? context.OutputGradient() : context.InDPre(context.DPreKey(row), 0),
            context.Size(nodes[node].Dimension),
            context.Line(node),
            "adjoint of: " + context.Step.Equations[equationOf[Origin(node)]].Text);
    }

    private void Keep(int node)
    {
        if (!context.DPre.Contains(context.DPreKey(node)))
        {
            context.DPre.Add(context.DPreKey(node), context.Size(nodes[node].Dimension));
            AddRoot(node, context.InDPre(context.DPreKey(node), 0), isFlushed: false);
        }
    }
}
