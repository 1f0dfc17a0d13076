using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>The softmax and its logarithm. Before opset 13 the tensor is seen as a matrix whose columns are all dimensions from the axis
/// on, which is 1 by default; since then it runs along the axis alone, by default the last.</summary>
internal static class SoftmaxOperators
{
    public static IEnumerable<Operator> Table { get; } =
    [
        Operator.One("Softmax", 1, 1, call => Softmax(call, isLog: false), "axis"),
        Operator.One("LogSoftmax", 1, 1, call => Softmax(call, isLog: true), "axis"),
    ];

    private static Tensor Softmax(NodeCall call, bool isLog)
    {
        var x = call[0];
        var isMatrix = call.Opset < 13;
        var asked = call.Attributes.Integer("axis", isMatrix ? 1 : -1);
        var axis = isMatrix && asked == x.Rank ? x.Rank : call.Axis(asked, x.Rank);
        var outer = Tensor.CountOf(x.Shape.AsSpan(0, axis));
        var size = isMatrix ? Tensor.CountOf(x.Shape.AsSpan(axis)) : x.Shape[axis];
        var inner = isMatrix ? 1 : Tensor.CountOf(x.Shape.AsSpan(axis + 1));

        var result = call.New(x.Shape, x.Type);
        for (var o = 0; result.Count > 0 && o < outer; o++)
        {
            for (var i = 0; i < inner; i++)
                Line(x.Values, result.Values, (o * size * inner) + i, size, inner, isLog);
        }

        return result;
    }

    private static void Line(double[] x, double[] y, int first, int size, int step, bool isLog)
    {
        var largest = double.NegativeInfinity;
        for (var k = 0; k < size; k++)
            largest = Math.Max(largest, x[first + (k * step)]);
        double sum = 0;
        for (var k = 0; k < size; k++)
            sum += Math.Exp(x[first + (k * step)] - largest);
        for (var k = 0; k < size; k++)
        {
            var centred = x[first + (k * step)] - largest;
            y[first + (k * step)] = isLog ? centred - Math.Log(sum) : Math.Exp(centred) / sum;
        }
    }
}
