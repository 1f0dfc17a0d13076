using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Scheduling;

/// <summary>What a step backward leaves in memory, and which sums along rows it needs for that.</summary>
internal sealed class BackwardRoots
{
    private readonly LayerContext context;
    private readonly EquatableArray<Node> nodes;
    private readonly List<BackwardRoot> values = [];
    private readonly List<SumPlan> sums = [];
    private readonly List<int> reductions = [];

    public BackwardRoots(LayerContext context)
    {
        this.context = context;
        nodes = context.Adjoint.Nodes;
        CollectRoots();
        CollectReductions();
        CarryBetweenGroups();
    }

    /// <summary>The values that are left, in the order in which they are stored.</summary>
    public IReadOnlyList<BackwardRoot> Values => values;

    /// <summary>Where each gradient of a vector parameter goes.</summary>
    public IReadOnlyList<SumPlan> ParameterSums => sums;

    /// <summary>The sums along rows that the values depend on.</summary>
    public IReadOnlyList<int> Reductions => reductions;

    private void CollectRoots()
    {
        var adjoint = context.Adjoint;
        for (var k = 0; k < adjoint.DAccumulators.Count; k++)
        {
            if (adjoint.DAccumulators[k] >= 0)
            {
                AddRoot(adjoint.DAccumulators[k], context.InDPre(k, 0), isFlushed: true);
            }
        }

        foreach (var parameter in adjoint.DParameters)
        {
            var key = context.DPreKey(parameter.Node);
            if (!context.DPre.Contains(key))
            {
                context.DPre.Add(key, context.Size(nodes[parameter.Node].Dimension));
                AddRoot(parameter.Node, context.InDPre(key, 0), isFlushed: false);
            }

            sums.Add(new SumPlan(parameter.Parameter, context.DPre[key]));
        }

        for (var s = 0; s < adjoint.DStates.Count; s++)
        {
            // Without a direct path the carried part is zero, and must be said to be.
            var group = new Group(0, context.Layer.Cell.States[s].Dimension);
            var node = adjoint.DStates[s];
            values.Add(new BackwardRoot(
                node, node < 0 ? group : context.BackwardGroup(node), context.CarriedGradient(s), node >= 0, StoreCondition.Always));
        }

        if (adjoint.DInput >= 0)
        {
            values.Add(new BackwardRoot(
                adjoint.DInput, context.BackwardGroup(adjoint.DInput), context.InputGradient(), false, StoreCondition.InputGradientAsked));
        }
    }

    private void AddRoot(int node, Slot slot, bool isFlushed) =>
        values.Add(new BackwardRoot(node, context.BackwardGroup(node), slot, isFlushed, StoreCondition.Always));

    /// <summary>An adjoint value that another kernel asks for is kept in the row of dPre.</summary>
    private void CarryBetweenGroups()
    {
        for (var i = nodes.Count - 1; i >= context.Adjoint.ForwardCount; i--)
        {
            foreach (var operand in nodes[i].Operands.Where(_ => !nodes[i].IsReduction))
            {
                var needsCarrying = operand >= context.Adjoint.ForwardCount
                    && nodes[operand].Operation is not (Operation.OutputGradient or Operation.Constant or Operation.Sum or Operation.Mean)
                    && !context.BackwardGroup(operand).Equals(context.BackwardGroup(i));
                if (needsCarrying)
                {
                    Keep(operand);
                }
            }
        }
    }

    /// <summary>The sums along rows that the roots depend on. Their operands are kept, whole rows of them.</summary>
    private void CollectReductions()
    {
        var isNeeded = new bool[nodes.Count];
        foreach (var root in values.Where(r => r.Node >= 0))
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

    private void Keep(int node)
    {
        if (!context.DPre.Contains(context.DPreKey(node)))
        {
            context.DPre.Add(context.DPreKey(node), context.Size(nodes[node].Dimension));
            AddRoot(node, context.InDPre(context.DPreKey(node), 0), isFlushed: false);
        }
    }
}
