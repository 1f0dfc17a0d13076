using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Products with a matrix of the file: dense layers.</summary>
internal static class DenseRules
{
    public static IReadOnlyList<Value> MatMul(NodeCall call)
    {
        var symbol = ViewRules.Data(call);
        if (call.Constant(1) is not { } weight)
            return call.Input(1) is UnknownValue ? [] : [call.Refuse("multiplies data by data")];
        if (weight.Shape.Length != 2 || !weight.IsFloating)
            return [call.Refuse($"expected a matrix [inputs, outputs] of floating numbers, got '{weight.Name}' {weight.ShapeText()}")];
        var view = WeightView.Transposed(weight.File, 0, weight.Shape[1], weight.Shape[0], weight.Shape[1]);
        return [Dense(call, symbol, weight, view, [])];
    }

    /// <summary>alpha A B + beta C, B or its transpose.</summary>
    public static IReadOnlyList<Value> Gemm(NodeCall call)
    {
        var symbol = ViewRules.Data(call);
        if (call.Input(1) is UnknownValue || call.Input(2) is UnknownValue)
            return [];
        if (call.Constant(1) is not { } weight || call.Symbol(2) is not null || symbol.Rank != 2
            || call.Attributes.Integer("transA", 0) != 0)
        {
            return [call.Refuse($"expected data [sequences, inputs] times a constant matrix, plus a constant, got {symbol.ShapeText()}")];
        }

        if (weight.Shape.Length != 2 || !weight.IsFloating)
            return [call.Refuse($"expected a matrix of floating numbers, got '{weight.Name}' {weight.ShapeText()}")];

        var scaled = Scaled(weight, call.Attributes.Number("alpha", 1));
        var view = call.Attributes.Integer("transB", 0) != 0
            ? WeightView.Matrix(scaled, 0, weight.Shape[0], weight.Shape[1])
            : WeightView.Transposed(scaled, 0, weight.Shape[1], weight.Shape[0], weight.Shape[1]);
        var bias = new List<WeightView>();
        if (call.Constant(2) is { } added && call.Attributes.Number("beta", 1) is var beta && beta != 0)
        {
            if ((added.Count != view.Rows && added.Count != 1) || (added.Count > 1 && added.Shape[^1] != view.Rows) || !added.IsFloating)
                return [call.Refuse($"expected a bias of {view.Rows} numbers, got '{added.Name}' {added.ShapeText()}")];
            call.Run.Use(added, $"bias of '{call.Name}'");
            bias.Add(Bias(Scaled(added, beta), view.Rows));
        }

        return [Dense(call, symbol, weight, view, bias)];
    }

    /// <summary>A vector of a file's tensor, or its only number for all.</summary>
    internal static WeightView Bias(FileTensor tensor, int length) => new(tensor, 0, length, 0, tensor.Count == 1 ? 0 : 1, 0);

    private static Value Dense(NodeCall call, Symbol symbol, ConstantValue weight, WeightView view, IReadOnlyList<WeightView> bias)
    {
        var (stage, data) = ChainData.Of(call.Node.Place, symbol);
        var axis = data.Rank - 1;
        if (axis < 0 || data.Shape[axis] != view.Columns || view.Rows == 0)
            return call.Refuse($"expected {view.Columns} numbers a step, got {stage.Description} {data.ShapeText()}");
        ChainData.CheckFeatures(call.Node.Place, stage, data, axis);
        call.Run.Use(weight, $"weight of '{call.Name}'");
        var feature = new AxisTag($"the output of '{call.Name}'", view.Rows, Axis.Feature);
        var dense = stage.Then(new DenseLayer(call.Name, view, bias, FunctionUse.Identity), feature);
        return data.Of(dense).WithAxis(axis, [new Atom(feature)]);
    }

    private static FileTensor Scaled(ConstantValue value, double factor) => factor == 1
        ? value.File
        : ConstantValue.Single(value.Name, value.Shape, Array.ConvertAll(value.Numbers.Values, v => v * factor));
}
