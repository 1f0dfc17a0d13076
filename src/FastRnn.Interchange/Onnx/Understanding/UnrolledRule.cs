using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>An unrolled RNN that was folded (<see cref="UnrolledRnn"/>): p[t] must be step t of a dense layer's output, whose weights are
/// the layer's input weights.</summary>
internal static class UnrolledRule
{
    /// <summary>The input that is p[0].</summary>
    public const int FirstStep = 3;

    private const string Help = "export with dynamo=False, or bring the state_dict";

    public static IReadOnlyList<Value> Apply(NodeCall call)
    {
        if (call.Inputs.Contains(UnknownValue.Instance))
            return [];
        var steps = call.Inputs.Skip(FirstStep).OfType<Symbol>().ToList();
        var count = call.Inputs.Count - FirstStep;
        if (steps.Count != count
            || steps[0].Source is not ChainStage { Layer: DenseLayer { Function.Kind: FunctionKind.Identity } dense } stage)
        {
            return [Refuse(call, "the input's part of the steps is no dense layer of data")];
        }

        var time = steps[0].Taken.LastOrDefault(a => a.Tag.Size > 1);
        if (time is null || time.Tag.Size != count || steps.Where((s, t) => !IsStep(s, steps[0], time.Tag, t)).Any())
            return [Refuse(call, $"it does not read {count} steps one after the other")];

        var hidden = dense.Weight.Rows;
        if (call.Constant(1) is not { } weight || weight.Shape is not [var rows, var columns] || rows != hidden || columns != hidden)
            return [Refuse(call, $"expected a constant [{hidden}, {hidden}] as the weight of its state")];
        var bias = call.Constant(2);
        if (bias is not null && bias.Count != hidden)
            return [Refuse(call, $"expected a bias of {hidden} numbers, got '{bias.Name}' {bias.ShapeText()}")];
        var (last, batch) = (steps[0].Rank - 1, steps[0].Rank - 2);
        if (batch < 0 || steps[0].Shape.Take(batch).Any(s => s != 1) || steps[0].Axes[batch].Where(a => a.Tag.Size > 1).Skip(1).Any())
            return [Refuse(call, $"expected steps [sequences, {hidden}], got {steps[0].ShapeText()}")];
        ChainData.CheckFeatures(call.Node.Place, stage, steps[0], last);
        if (RecurrentRule.OnlyAtom(call, steps[0], batch, Axis.Batch) is not { } sequences)
            return [];
        if (!time.Tag.Bind(Axis.Time))
            return [Refuse(call, "its steps lie along the sequences")];

        call.Run.Use(weight, $"R of '{call.Name}'");
        if (bias is not null)
            call.Run.Use(bias, $"bias of the state of '{call.Name}'");
        call.Run.Findings.Assume($"'{call.Name}' is an RNN that the exporter unrolled for {count} steps: one layer for {count} steps");
        var layer = Layer(call, dense, weight, bias);
        if (new FirstStateReader(call, layer, sequences, isBatchFirst: false).Read(0, isCell: false) is not { } begun)
            return [];
        var outputs = RecurrentRule.Outputs(call, stage.Before!, begun, isBatchFirst: false, (new Atom(time.Tag), sequences, false));
        return [SymbolViews.Squeeze(outputs[0], [1]), outputs[1]];
    }

    private static RecurrentLayer Layer(NodeCall call, DenseLayer dense, ConstantValue weight, ConstantValue? bias)
    {
        var hidden = dense.Weight.Rows;
        IReadOnlyList<WeightView> stateBias = bias is null ? [] : [WeightView.Vector(bias.File, 0, hidden)];
        return new RecurrentLayer(call.Name, RecurrentKind.Rnn, dense.Weight.Columns, hidden)
        {
            Directions =
            [
                new RecurrentDirection
                {
                    Gates = [new GateWeights("h", dense.Weight, WeightView.Transposed(weight.File, 0, hidden, hidden, hidden), dense.Bias,
                        stateBias)],
                    GateFunction = call.Attributes.Texts("activations")![0] == "Relu" ? FunctionUse.Relu : FunctionUse.Tanh,
                },
            ],
        };
    }

    private static bool IsStep(Symbol step, Symbol first, AxisTag time, int t) => ReferenceEquals(step.Source, first.Source)
        && step.Rank == first.Rank && step.Taken.Where(a => a.Tag.Size > 1).ToArray() is [var taken] && ReferenceEquals(taken.Tag, time)
        && taken.At(0) == t
        && !step.Axes.Where((a, i) => !Atom.Match(a, first.Axes[i])).Any();

    private static Value Refuse(NodeCall call, string text) => call.Refuse($"an RNN that the exporter unrolled; {text}; {Help}");
}
