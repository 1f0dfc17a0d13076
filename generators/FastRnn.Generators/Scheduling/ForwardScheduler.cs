using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Scheduling;

/// <summary>The kernels of a step forward, one for each group of nodes.</summary>
internal sealed class ForwardScheduler(LayerContext context, TapePolicy tape, bool readsToken)
{
    private readonly EquatableArray<Node> nodes = context.Step.Nodes;

    public List<KernelPlan> Schedule()
    {
        var groups = new SortedSet<Group>();
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].HasOperand || nodes[i].Operation == Operation.Accumulate || tape.NewStateOf(i) >= 0)
            {
                groups.Add(context.ForwardGroup(i));
            }
        }

        return groups.Select((g, i) => Kernel(g, "Forward" + i)).ToList();
    }

    private KernelPlan Kernel(Group group, string name)
    {
        var accumulators = Enumerable.Range(0, nodes.Count)
            .Where(i => nodes[i].Operation == Operation.Accumulate && context.ForwardGroup(i).Equals(group))
            .Select(i => nodes[i].A).ToList();
        accumulators = FirstOperandFirst(accumulators);
        var head = new PanelHead(context);
        var biases = accumulators.Select(a => head.Bias(context.Step.Accumulators[a])).ToList();
        var names = accumulators.Select(a => context.Step.Accumulators[a].Name).ToList();
        var epilogue = Epilogue(group, accumulators, names, head);
        var units = context.Size(group.Dimension);
        var operands = PairingPolicy.Pair(ChainPolicy.Cut(OperandScheduler.Forward(context, accumulators, readsToken), units), units);
        return new KernelPlan(
            name,
            accumulators.Count == 0 ? "Element-wise" : "The sums of " + string.Join(", ", names),
            units,
            RowLayout.Pad(units),
            new(names),
            new(biases),
            head.Vectors,
            new(Reductions(group)),
            new(Uniform(group, names)),
            operands,
            false,
            new(epilogue),
            EquatableArray<Statement>.Empty,
            TilePolicy.Choose(accumulators.Count, units, operands.Select(o => o.Chains).DefaultIfEmpty(1).Max()));
    }

    /// <summary>Sums of the first operand alone come first, sums without it last: what an operand multiplies stands side by side, as in the
    /// GRU, whose candidate keeps apart what x and what h give.</summary>
    private List<int> FirstOperandFirst(List<int> accumulators)
    {
        var operands = OperandScheduler.Forward(context, accumulators, readsToken);
        if (operands.Count == 0)
        {
            return accumulators;
        }

        var order = accumulators.Select((a, i) => (
            Accumulator: a,
            Rank: operands[0].Terms.All(t => t.Accumulator != i) ? 2
                : operands.Skip(1).All(o => o.Terms.All(t => t.Accumulator != i)) ? 0 : 1));
        return order.OrderBy(pair => pair.Rank).Select(pair => pair.Accumulator).ToList();
    }

    private IEnumerable<ReductionPlan> Reductions(Group group) => Enumerable.Range(0, nodes.Count)
        .Where(i => nodes[i].IsReduction && context.ForwardGroup(i).Equals(group))
        .Select(i =>
            new ReductionPlan(nodes[i].Operation, RowOf(nodes[i].A), context.Size(nodes[i].Dimension), context.Line(i), EquationWith(i)));

    /// <summary>What is made of reductions alone: a number for each, beside those that it is made of.</summary>
    private List<Statement> Uniform(Group group, List<string> names)
    {
        bool IsComputedHere(int i) => context.IsUniform(i) && nodes[i].IsElementwise && context.ForwardGroup(i).Equals(group);
        Expression? Source(int i) => IsComputedHere(i) ? null
            : nodes[i].Operation == Operation.Constant ? new Expression.Number(nodes[i].Value)
            : new Expression.Load(context.Line(i));

        var computed = Enumerable.Range(0, nodes.Count).Where(IsComputedHere).ToList();
        var uses = UseCounter.Count(nodes, computed, IsComputedHere);
        var builder = new EpilogueBuilder(nodes, Source, uses, _ => false, new NameTable(context, names));
        foreach (var equation in context.Step.Equations.Where(e => IsComputedHere(e.Node)))
        {
            builder.Under(equation.Text, () => builder.Value(equation.Node));
        }

        var values = computed.Select(node => (Slot: context.Line(node), Value: builder.Value(node))).ToList();
        foreach (var (slot, value) in values)
        {
            builder.Store(slot, value);
        }

        return builder.Statements;
    }

    /// <summary>The first equation that can contain a node.</summary>
    private string EquationWith(int node) =>
        context.Step.Equations.FirstOrDefault(e => e.Node >= node)?.Text ?? nodes[node].Operation.ToString();

    private Slot RowOf(int node) => nodes[node].Operation switch
    {
        Operation.Input => context.Input(),
        Operation.State => context.OldState(nodes[node].A),
        _ => context.OnTape(node),
    };

    private List<Statement> Epilogue(Group group, List<int> accumulators, List<string> names, PanelHead head)
    {
        bool InGroup(int i) => context.ForwardGroup(i).Equals(group);
        bool IsComputedHere(int i) => nodes[i].IsElementwise && !context.IsUniform(i) && InGroup(i);
        Expression? Source(int i) => nodes[i].Operation switch
        {
            Operation.Constant => new Expression.Number(nodes[i].Value),
            _ when context.IsUniform(i) => new Expression.Load(context.Line(i)),
            Operation.Input => new Expression.Load(context.Input()),
            Operation.State => new Expression.Load(context.OldState(nodes[i].A)),
            Operation.Parameter => new Expression.Head(head.Parameter(nodes[i].A)),
            Operation.Accumulate when InGroup(i) => new Expression.Sum(accumulators.IndexOf(nodes[i].A)),
            _ => IsComputedHere(i) ? null : new Expression.Load(context.OnTape(i)),
        };

        var newStates = Enumerable.Range(0, context.Step.NewStates.Count)
            .Where(s => context.Step.NewStates[s] >= 0 && InGroup(context.Step.NewStates[s])).ToList();
        var kept = Enumerable.Range(0, nodes.Count).Where(i => context.Tape.Contains(i) && InGroup(i)).ToList();
        var roots = newStates.Select(s => context.Step.NewStates[s]).Concat(kept);
        var uses = UseCounter.Count(nodes, roots, IsComputedHere);
        var builder = new EpilogueBuilder(
            nodes, Source, uses, i => tape.NewStateOf(i) >= 0 && IsComputedOrSum(i), new NameTable(context, names));

        foreach (var equation in context.Step.Equations.Where(e => InGroup(e.Node) && uses[e.Node] > 0))
        {
            builder.Under(equation.Text, () => builder.Value(equation.Node));
        }

        var values =
            newStates.Select(s => (Slot: context.NewState(s), Value: builder.Value(context.Step.NewStates[s]), When: StoreCondition.Always))
            .Concat(kept.Select(i => (
                Slot: context.OnTape(i),
                Value: builder.Value(i),
                When: tape.Always[i] ? StoreCondition.Always : StoreCondition.Recording)))
            .ToList();
        foreach (var (slot, value, when) in values)
        {
            builder.Store(slot, value, when);
        }

        return builder.Statements;
    }

    private bool IsComputedOrSum(int node) => nodes[node].HasOperand || nodes[node].Operation == Operation.Accumulate;
}
