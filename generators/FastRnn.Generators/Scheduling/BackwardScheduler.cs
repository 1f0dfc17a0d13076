using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Scheduling;

/// <summary>The kernels of a step backward: the gradients that matrices hand back, then the adjoint of the epilogues.</summary>
internal sealed class BackwardScheduler
{
    private readonly LayerContext context;
    private readonly TapePolicy tape;
    private readonly EquatableArray<Node> nodes;
    private readonly BackwardRoots roots;
    private readonly int[] equationOf;

    public BackwardScheduler(LayerContext context, TapePolicy tape)
    {
        this.context = context;
        this.tape = tape;
        nodes = context.Adjoint.Nodes;
        equationOf = EquationOfNodes();
        roots = new BackwardRoots(context);
    }

    /// <summary>Where each gradient of a vector parameter goes.</summary>
    public IReadOnlyList<SumPlan> ParameterSums => roots.ParameterSums;

    public List<KernelPlan> Schedule()
    {
        var groups = new SortedSet<Group>(roots.Values.Select(r => r.Group).Concat(roots.Reductions.Select(context.BackwardGroup)));
        return groups.Select((g, i) => Kernel(g, "Backward" + i)).ToList();
    }

    private KernelPlan Kernel(Group group, string name)
    {
        var leaves = Enumerable.Range(context.Adjoint.ForwardCount, nodes.Count - context.Adjoint.ForwardCount)
            .Where(i => IsHandedBack(i) && context.BackwardGroup(i).Equals(group)).ToList();
        var operands = leaves.Select(OperandOf).ToList();
        var head = new PanelHead(context);
        var names = leaves.Select(i => "d" + context.Step.Nodes[OperandOf(i)].Name).ToList();
        var builder = Epilogue(group, leaves, names, head);
        var finish = group.Level == 0 ? Finish(leaves) : [];
        var units = context.Size(group.Dimension);
        return new KernelPlan(
            name,
            leaves.Count == 0 ? "Element-wise" : "What the matrices hand back to " + string.Join(", ", names.Select(n => n.Substring(1))),
            units,
            RowLayout.Pad(units),
            new(names),
            new(leaves.Select(_ => -1)),
            head.Vectors,
            new(roots.Reductions.Where(i => context.BackwardGroup(i).Equals(group)).Select(Reduction)),
            EquatableArray<Statement>.Empty,
            OperandScheduler.Backward(context, operands, group.Level == 0 ? 1 : 0),
            group.Level == 0,
            new(builder),
            new(finish),
            TilePolicy.Choose(leaves.Count, units));
    }

    /// <summary>The gradients of the initial states: what is carried plus what the matrices hand back from step 0.</summary>
    private List<Statement> Finish(List<int> leaves) => leaves
        .Select((leaf, a) =>
        {
            var slot = context.CarriedGradient(nodes[leaf].A);
            var total = new Expression.Apply(Operation.Add, new Expression.Sum(a), new Expression.Load(slot));
            return (Statement)new Statement.Store(slot, total, StoreCondition.Always);
        }).ToList();

    private List<Statement> Epilogue(Group group, List<int> leaves, List<string> names, PanelHead head)
    {
        bool IsComputedHere(int i) => nodes[i].IsElementwise
            && (i < context.Adjoint.ForwardCount ? IsComputedAgain(i) : context.BackwardGroup(i).Equals(group));
        Expression? Source(int i) => IsComputedHere(i) ? null : Leaf(i, group, leaves, head);

        var mine = roots.Values.Where(r => r.Group.Equals(group)).ToList();
        var uses = UseCounter.Count(nodes, mine.Where(r => r.Node >= 0).Select(r => r.Node), IsComputedHere);
        var flushed = new HashSet<int>(mine.Where(r => r.IsFlushed).Select(r => r.Node));
        var builder = new EpilogueBuilder(
            nodes, Source, uses, flushed.Contains, new NameTable(context, names));

        for (var e = context.Step.Equations.Count - 1; e >= 0; e--)
        {
            var written = Enumerable.Range(context.Adjoint.ForwardCount, nodes.Count - context.Adjoint.ForwardCount)
                .Where(i => uses[i] > 0 && IsComputedHere(i) && equationOf[Origin(i)] == e);
            builder.Under("adjoint of: " + context.Step.Equations[e].Text, () =>
            {
                // What only one other value asks for is written there, inside its expression.
                foreach (var node in written.Where(n => nodes[n].Name.Length > 0 || uses[n] > 1))
                {
                    builder.Value(node);
                }
            });
        }

        var values =
            mine.Select(r => (Slot: r.Slot, Value: r.Node < 0 ? new Expression.Number(0) : builder.Value(r.Node), r.When)).ToList();
        for (var i = 0; i < values.Count; i++)
        {
            // States that become other states: a gradient must be read before an earlier store replaces it.
            if (values.Take(i).Any(earlier => values[i].Value.Reads(earlier.Slot)))
            {
                values[i] = values[i] with { Value = builder.Let(values[i].Slot.Name + "New", values[i].Value) };
            }
        }

        foreach (var (slot, value, when) in values)
        {
            builder.Store(slot, value, when);
        }

        return builder.Statements;
    }

    /// <summary>The value of a node that this kernel does not compute.</summary>
    private Expression Leaf(int index, Group group, List<int> leaves, PanelHead head)
    {
        var node = nodes[index];
        switch (node.Operation)
        {
            case Operation.Sum or Operation.Mean:
                return new Expression.Load(context.Line(index));
            case Operation.Constant:
                return new Expression.Number(node.Value);
            case Operation.Input:
                return new Expression.Load(context.Input());
            case Operation.State:
                return new Expression.Load(context.OldState(node.A));
            case Operation.Parameter:
                return new Expression.Head(head.Parameter(node.A));
            case Operation.OutputGradient:
                return new Expression.Load(context.OutputGradient());
        }

        if (context.IsUniform(index))
        {
            return new Expression.Load(context.Line(index));
        }

        if (index < context.Adjoint.ForwardCount)
        {
            var state = tape.NewStateOf(index);
            return new Expression.Load(state >= 0 ? context.NewState(state) : context.OnTape(index));
        }

        if (!context.BackwardGroup(index).Equals(group))
        {
            return new Expression.Load(context.InDPre(context.DPreKey(index), 0));
        }

        var sum = leaves.IndexOf(index);
        if (node.Operation == Operation.OperandGradient)
        {
            return new Expression.Sum(sum);
        }

        var carried = new Expression.Load(context.CarriedGradient(node.A));
        return sum < 0 ? carried : new Expression.Apply(Operation.Add, new Expression.Sum(sum), carried);
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

    private bool IsHandedBack(int index) =>
        nodes[index].Operation is Operation.StateGradient or Operation.OperandGradient
        && context.Step.Accumulators.Where((_, k) => context.Adjoint.DAccumulators[k] >= 0)
            .Any(a => a.Terms.Any(t => t.Operand == OperandOf(index)));

    /// <summary>The forward node of which a leaf is the gradient: an old state, or a vector of the step.</summary>
    private int OperandOf(int leaf)
    {
        if (nodes[leaf].Operation == Operation.OperandGradient)
        {
            return nodes[leaf].A;
        }

        for (var i = 0; i < context.Adjoint.ForwardCount; i++)
        {
            if (nodes[i].Operation == Operation.State && nodes[i].A == nodes[leaf].A)
            {
                return i;
            }
        }

        return -1;
    }

    private bool IsComputedAgain(int node) =>
        node < context.Adjoint.ForwardCount && nodes[node].IsElementwise && !context.IsUniform(node)
        && tape.NewStateOf(node) < 0 && !context.Tape.Contains(node);

    private int Origin(int adjointNode) => context.Adjoint.Origins[adjointNode - context.Adjoint.ForwardCount];

    /// <summary>For each forward node the first equation in which it appears. Each node is visited once, however many paths lead to
    /// it.</summary>
    private int[] EquationOfNodes()
    {
        var last = context.Step.Equations.Count - 1;
        var result = Enumerable.Repeat(-1, context.Step.Nodes.Count).ToArray();
        for (var e = 0; e <= last; e++)
        {
            var pending = new Stack<int>([context.Step.Equations[e].Node]);
            while (pending.Count > 0)
            {
                var node = pending.Pop();
                if (result[node] < 0)
                {
                    result[node] = e;
                    foreach (var operand in context.Step.Nodes[node].Operands)
                    {
                        pending.Push(operand);
                    }
                }
            }
        }

        return result.Select(e => e < 0 ? last : e).ToArray();
    }
}
