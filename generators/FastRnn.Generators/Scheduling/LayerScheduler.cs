using FastRnn.CompilerServices;
using FastRnn.Generators.Algebra;
using FastRnn.Generators.Analysis;
using FastRnn.Generators.Differentiation;

namespace FastRnn.Generators.Scheduling;

/// <summary>Schedules a layer: from its graph and sizes to everything that the emitted text will say.</summary>
internal static class LayerScheduler
{
    public static LayerPlan Schedule(LayerGraph layer, bool isFirst, bool isOneHot)
    {
        var step = LinearForms.Gather(layer.Cell);
        var context = new LayerContext(layer, step, Differentiator.Differentiate(step));
        var tape = new TapePolicy(context);
        var readsToken = isFirst && isOneHot && !UsesInputAsVector(step);
        var forward = new ForwardScheduler(context, tape, readsToken).Schedule();
        var backward = new BackwardScheduler(context, tape);
        var kernels = backward.Schedule();
        var products = Products(context).ToList();
        var dPreOnTape = MayOverwriteTape(context, kernels, products);
        return new LayerPlan(
            Name(layer) + (readsToken ? "_OneHot" : ""),
            Summary(layer),
            new(forward.Select(KernelForms.Forward)),
            new(kernels.Select(kernel => KernelForms.Backward(kernel, dPreOnTape))),
            readsToken ? null : KernelForms.Tiled(InputGradient(context)),
            new(layer.Cell.States.Select((s, i) => new StatePlan(s.Name, layer.Size(s.Dimension), NeedsHistory(context, forward, i)))),
            context.Tape.Stride,
            dPreOnTape ? context.Tape.Stride : context.DPre.Stride,
            dPreOnTape,
            new(ActivationPlan.Of(context, tape)),
            new(products),
            new(BiasSums(context).Concat(backward.ParameterSums)),
            MultiplyAdds(context, readsToken),
            readsToken);
    }

    /// <summary>Whether a cell does more with its input than multiply it by matrices which multiply nothing else.</summary>
    private static bool UsesInputAsVector(StepGraph step)
    {
        var terms = step.Accumulators.SelectMany(a => a.Terms).ToList();
        var ofInput = new HashSet<int>(terms.Where(t => IsInput(step, t.Operand)).Select(t => t.Parameter));
        return step.Nodes.Any(node => node.Operands.Any(operand => IsInput(step, operand)))
            || step.NewStates.Any(state => state >= 0 && IsInput(step, state))
            || terms.Any(t => !IsInput(step, t.Operand) && ofInput.Contains(t.Parameter));
    }

    private static bool IsInput(StepGraph step, int node) => step.Nodes[node].Operation == Operation.Input;

    private static string Name(LayerGraph layer)
    {
        var sizes = new[] { layer.InputSize, layer.HiddenSize }.Concat(layer.OwnSizes)
            .Select(s => s.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var activation = layer.IsDense && layer.DenseActivation != DenseActivation.Linear ? layer.DenseActivation.ToString() : "";
        return layer.Cell.Name + activation + "_" + string.Join("x", sizes);
    }

    private static string Summary(LayerGraph layer) =>
        layer.Cell.Name + ": " + string.Join("; ", layer.Cell.Equations.Select(e => e.Text));

    private static KernelPlan InputGradient(LayerContext context)
    {
        var input = Enumerable.Range(0, context.Step.Nodes.Count).Where(i => IsInput(context.Step, i)).ToList();
        var operands = OperandScheduler.Backward(context, input, 0);
        var slot = context.InputGradient();
        Expression sum = operands.Count == 0 ? new Expression.Number(0) : new Expression.Sum(0);
        if (context.Adjoint.DInput >= 0)
        {
            sum = new Expression.Apply(Operation.Add, sum, new Expression.Load(slot));
        }

        var accumulators = operands.Count == 0 ? 0 : 1;
        return new KernelPlan(
            "InputGradient",
            "The gradient of the input",
            context.Layer.InputSize,
            RowLayout.Pad(context.Layer.InputSize),
            new(Enumerable.Repeat("dx", accumulators)),
            new(Enumerable.Repeat(-1, accumulators)),
            EquatableArray<EquatableArray<int>>.Empty,
            EquatableArray<ReductionPlan>.Empty,
            EquatableArray<Statement>.Empty,
            operands,
            false,
            new([new Statement.Store(slot, sum, StoreCondition.Always)]),
            EquatableArray<Statement>.Empty,
            TilePolicy.Choose(accumulators, context.Layer.InputSize));
    }

    /// <summary>Whether the gradients of the accumulators may stand where the tape was: every value of it is read, by the only kernel and
    /// in the same place, before its successor is written, and nothing reads it later. That is less memory, and all of it is in a cache
    /// when it is written.</summary>
    private static bool MayOverwriteTape(LayerContext context, List<KernelPlan> kernels, List<ProductPlan> products) =>
        kernels.Count == 1
        && !context.Step.Nodes.Any(node => node.IsReduction)
        && context.DPre.IsPartOf(context.Tape)
        && products.All(p => p.Operand != OperandKind.Tape)
        && kernels[0].Operands.All(o => o.Source.Buffer != BufferKind.Tape)
        && kernels[0].Epilogue.OfType<Statement.Store>().All(s => EpilogueLoads.Of([s]).All(slot => slot.Buffer != BufferKind.Tape));

    /// <summary>Old and new value may share memory only if no other unit, and no other kernel of the step, reads the old one; or if no
    /// step writes a new one.</summary>
    private static bool NeedsHistory(LayerContext context, List<KernelPlan> forward, int state)
    {
        var slot = context.OldState(state);
        var readers = forward.Count(k => k.Epilogue.OfType<Statement.Let>().Any(l => l.Value.Reads(slot))
            || k.Epilogue.OfType<Statement.Store>().Any(s => s.Value.Reads(slot)));
        return context.Step.NewStates[state] >= 0 && (state == 0 || readers > 1 || forward.Count > 1
            || forward.Any(k => k.Operands.Any(o => o.Source.Equals(slot)) || k.Reductions.Any(r => r.Source.Equals(slot))));
    }

    private static IEnumerable<ProductPlan> Products(LayerContext context) =>
        from k in Enumerable.Range(0, context.Step.Accumulators.Count)
        where context.Adjoint.DAccumulators[k] >= 0
        from term in context.Step.Accumulators[k].Terms
        let node = context.Step.Nodes[term.Operand]
        select node.Operation switch
        {
            Operation.Input => new ProductPlan(term.Parameter, context.DPre[k], OperandKind.Input, 0),
            Operation.State => new ProductPlan(term.Parameter, context.DPre[k], OperandKind.State, node.A),
            _ => new ProductPlan(term.Parameter, context.DPre[k], OperandKind.Tape, context.Tape[term.Operand]),
        };

    private static IEnumerable<SumPlan> BiasSums(LayerContext context) =>
        from k in Enumerable.Range(0, context.Step.Accumulators.Count)
        where context.Adjoint.DAccumulators[k] >= 0
        from bias in context.Step.Accumulators[k].Biases
        select new SumPlan(bias, context.DPre[k]);

    /// <summary>The product with a one-hot vector is a column: nothing is multiplied.</summary>
    private static long MultiplyAdds(LayerContext context, bool readsToken) => context.Step.Accumulators
        .SelectMany(a => a.Terms)
        .Where(t => !readsToken || !IsInput(context.Step, t.Operand))
        .Select(t => context.Layer.Cell.Parameters[t.Parameter])
        .Sum(p => (long)context.Size(p.Rows) * context.Size(p.Columns));
}
