using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Sums and products of data with constants: biases, factors; and of data with data: two directions summed, skip connections,
/// x sigmoid(x).</summary>
internal static class ArithmeticRules
{
    public static IReadOnlyList<Value> Add(NodeCall call)
    {
        if (call.Inputs.Contains(UnknownValue.Instance))
            return [];
        if (!AreTwo(call))
            return [call.Refuse("expected two summands")];
        return [(call.Symbol(0), call.Symbol(1)) switch
        {
            ({ } left, { } right) => DataRules.Add(call, left, right),
            ({ } left, null) => AddConstant(call, left, call.Constant(1)!),
            (_, var right) => AddConstant(call, right!, call.Constant(0)!),
        }];
    }

    public static IReadOnlyList<Value> Subtract(NodeCall call)
    {
        if (call.Inputs.Contains(UnknownValue.Instance))
            return [];
        if (call.Symbol(0) is { } data && call.Constant(1) is { } subtracted)
        {
            var negative = Array.ConvertAll(subtracted.Numbers.Values, v => -v);
            call.Run.Use(subtracted, $"constant of '{call.Name}'");
            var added = new ConstantValue(subtracted.Name, new Tensor(subtracted.Shape, negative), subtracted.IsFixed);
            return [AddConstant(call, data, added)];
        }

        if (call.Symbol(1) is not { } symbol || call.Constant(0) is not { Count: 1 } from)
            return [call.Refuse("expected data minus a constant, or one number minus data")];
        call.Run.Use(from, $"constant of '{call.Name}'");
        return [ChainData.Each(call, symbol, new FunctionLayer(call.Name, new FunctionUse(FunctionKind.Affine, -1, from[0])))];
    }

    public static IReadOnlyList<Value> Multiply(NodeCall call)
    {
        if (call.Inputs.Contains(UnknownValue.Instance))
            return [];
        if (!AreTwo(call))
            return [call.Refuse("expected two factors")];
        return [(call.Symbol(0), call.Symbol(1)) switch
        {
            ({ } left, { } right) => DataRules.Multiply(call, left, right),
            ({ } left, null) => Scale(call, left, call.Constant(1)!, v => v),
            (_, var right) => Scale(call, right!, call.Constant(0)!, v => v),
        }];
    }

    public static IReadOnlyList<Value> Divide(NodeCall call)
    {
        if (call.Inputs.Contains(UnknownValue.Instance))
            return [];
        return [call.Symbol(0) is { } symbol && call.Constant(1) is { } divisor
            ? Scale(call, symbol, divisor, v => 1 / v)
            : call.Refuse("expected data divided by one number")];
    }

    public static IReadOnlyList<Value> Negate(NodeCall call) =>
        [ChainData.Each(call, ViewRules.Data(call), new ScaleLayer(call.Name, -1))];

    private static bool AreTwo(NodeCall call) => call.Inputs.Count == 2 && !call.Inputs.Contains(null);

    private static Value Scale(NodeCall call, Symbol symbol, ConstantValue constant, Func<double, double> factor)
    {
        if (Broadcast(call, symbol, constant) is not { } data)
            return UnknownValue.Instance;
        if (constant.Count == 0)
            return call.Refuse($"'{constant.Name}' {constant.ShapeText()} is empty");
        for (var i = 1; i < constant.Count; i++)
        {
            if (constant[i] != constant[0])
                return call.Refuse($"multiplies by '{constant.Name}' {constant.ShapeText()}: expected one number for all");
        }

        call.Run.Use(constant, $"factor of '{call.Name}'");
        var value = factor(constant[0]);
        return value == 1 ? data : ChainData.Each(call, data, new ScaleLayer(call.Name, value));
    }

    // A bias of the dense layer before; elsewhere one number for all.
    private static Value AddConstant(NodeCall call, Symbol symbol, ConstantValue constant)
    {
        if (Broadcast(call, symbol, constant) is not { } data)
            return UnknownValue.Instance;
        call.Run.Use(constant, $"bias of '{call.Name}'");
        var isUniform = Enumerable.Range(0, constant.Count).All(i => constant[i] == constant[0]);
        if (isUniform && constant[0] == 0)
            return data;
        var axis = data.Rank - constant.Shape.Length + Array.FindLastIndex(constant.Shape, s => s > 1);
        if (data.Source is ChainStage { Layer: DenseLayer dense } stage && (constant.Count == 1 || constant.Shape.Count(s => s > 1) == 1))
        {
            if (constant.Count > 1)
                ChainData.CheckFeatures(call.Node.Place, stage, data, axis);
            return data.Of(stage.Replace(dense with { Bias = [.. dense.Bias, DenseRules.Bias(constant.File, dense.Weight.Rows)] }));
        }

        return isUniform
            ? ChainData.Each(call, data, new FunctionLayer(call.Name, new FunctionUse(FunctionKind.Affine, 1, constant[0])))
            : call.Refuse($"adds '{constant.Name}' {constant.ShapeText()} to {data.Source.Description}: expected a bias of a dense "
                + "layer, or one number");
    }

    // The data with leading dimensions of 1 that the constant adds; data never grow.
    private static Symbol? Broadcast(NodeCall call, Symbol symbol, ConstantValue constant)
    {
        var added = constant.Shape.Length - symbol.Rank;
        var data = added > 0 && added < 8 ? SymbolViews.Unsqueeze(symbol, Enumerable.Range(0, added)) : symbol;
        for (var i = 1; i <= constant.Shape.Length; i++)
        {
            if (constant.Shape[^i] != 1 && (i > data.Rank || constant.Shape[^i] != data.Shape[^i]))
            {
                call.Refuse($"'{constant.Name}' {constant.ShapeText()} does not fit {symbol.Source.Description} {symbol.ShapeText()}");
                return null;
            }
        }

        return data;
    }
}
