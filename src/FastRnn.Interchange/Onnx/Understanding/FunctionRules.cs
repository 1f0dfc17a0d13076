using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Functions of each number, and the softmax over a step.</summary>
internal static class FunctionRules
{
    // ONNX's operators with the defaults of their attributes.
    private static readonly Dictionary<string, FunctionUse> Functions = new(StringComparer.Ordinal)
    {
        ["Sigmoid"] = FunctionUse.Sigmoid,
        ["Tanh"] = FunctionUse.Tanh,
        ["Relu"] = FunctionUse.Relu,
        ["LeakyRelu"] = new(FunctionKind.LeakyRelu, 0.01f),
        ["ThresholdedRelu"] = new(FunctionKind.ThresholdedRelu, 1),
        ["HardSigmoid"] = new(FunctionKind.HardSigmoid, 0.2f, 0.5f),
        ["Elu"] = new(FunctionKind.Elu, 1),
        ["Selu"] = new(FunctionKind.Selu, 1.67326319217681884765625, 1.05070102214813232421875),
        ["Softsign"] = new(FunctionKind.Softsign),
        ["Softplus"] = new(FunctionKind.Softplus),
        ["Exp"] = new(FunctionKind.Exp),
    };

    public static IReadOnlyList<Value> Apply(NodeCall call)
    {
        var function = Functions[call.Node.Operator];
        var second = function.Kind == FunctionKind.Selu ? "gamma" : "beta";
        var used = function with
        {
            Alpha = call.Attributes.Number("alpha", function.Alpha),
            Beta = call.Attributes.Number(second, function.Beta),
        };
        return [ChainData.Each(call, ViewRules.Data(call), new FunctionLayer(call.Name, used))];
    }

    /// <summary>Bounds are inputs, or attributes before opset 11.</summary>
    public static IReadOnlyList<Value> Clip(NodeCall call)
    {
        var symbol = ViewRules.Data(call);
        if (Bound(call, 1, "min", float.MinValue) is not { } low || Bound(call, 2, "max", float.MaxValue) is not { } high)
            return [call.Refuse("expected bounds that are numbers of the file")];
        if (low <= float.MinValue && high >= float.MaxValue)
            return [symbol];
        if (high < float.MaxValue && low > float.MinValue)
            return [ChainData.Each(call, symbol, new FunctionLayer(call.Name, new FunctionUse(FunctionKind.HardTanh, low, high)))];
        return [low == 0
            ? ChainData.Each(call, symbol, new FunctionLayer(call.Name, FunctionUse.Relu))
            : call.Refuse($"expected two bounds, or 0 as the lower one, got {low:R} and {high:R}")];
    }

    /// <summary>Over the numbers of a step. Before opset 13 it is over all dimensions from the axis on.</summary>
    public static IReadOnlyList<Value> Softmax(NodeCall call)
    {
        var (stage, data) = ChainData.Of(call.Node.Place, ViewRules.Data(call));
        var isOld = call.Run.Model.Opset < 13;
        var axis = call.Axis(call.Attributes.Integer("axis", isOld ? 1 : -1), data.Rank);
        if (isOld && data.Shape.Skip(axis + 1).Any(s => s > 1))
            return [call.Refuse($"before opset 13 it is over all dimensions from {axis} of {data.ShapeText()}: expected the last one")];
        ChainData.CheckFeatures(call.Node.Place, stage, data, axis);
        return [data.Of(stage.Each(new SoftmaxLayer(call.Name, call.Node.Operator == "LogSoftmax")))];
    }

    private static double? Bound(NodeCall call, int input, string attribute, double otherwise)
    {
        if (call.Input(input) is not { } value)
            return call.Attributes.Number(attribute, otherwise);
        if (value is not ConstantValue { Count: 1 } constant)
            return null;
        call.Run.Use(constant, $"{attribute} of '{call.Name}'");
        return constant[0];
    }
}
