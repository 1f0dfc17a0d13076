using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>Operators that make one number of all along some axes.</summary>
internal static class ReductionOperators
{
    public static IEnumerable<Operator> Table { get; } =
    [
        Row("ReduceSum", 13, _ => 0, (sum, x) => sum + x),
        Row("ReduceMean", 18, _ => 0, (sum, x) => sum + x, (sum, count) => sum / count),
        Row("ReduceProd", 18, _ => 1, (product, x) => product * x),
        Row("ReduceMax", 18, Numbers.Least, Math.Max),
        Row("ReduceMin", 18, Numbers.Largest, Math.Min),
    ];

    // The axes became an input with opset 13 (the sum) or 18 (all others).
    private static Operator Row(
        string name, int inputSince, Func<ElementType, double> first, Func<double, double, double> add,
        Func<double, int, double>? finish = null) =>
        Operator.One(name, 1, 2, call => Reduce(call, inputSince, first, add, finish), "axes", "keepdims", "noop_with_empty_axes");

    private static Tensor Reduce(
        NodeCall call, int inputSince, Func<ElementType, double> first, Func<double, double, double> add, Func<double, int, double>? finish)
    {
        var x = call[0];
        var axes = call.Axes(call.Integers("axes", 1, inputSince) ?? [], x.Rank);
        if (axes.Length == 0 && call.Attributes.Integer("noop_with_empty_axes", 0) != 0)
            return x;
        if (axes.Length == 0)
            axes = [.. Enumerable.Range(0, x.Rank)];

        int[] kept = [.. x.Shape.Select((s, d) => axes.Contains(d) ? 1 : s)];
        var result = call.New(kept, x.Type);
        Array.Fill(result.Values, first(x.Type));
        call.Spend(x.Count);
        var walk = new StridedWalk(x.Shape, Broadcasting.Strides(kept, x.Shape), 0);
        for (var i = 0; i < x.Count; i++)
        {
            result.Values[walk.Position] = add(result.Values[walk.Position], x.Values[i]);
            walk.Next();
        }

        var count = result.Count == 0 ? 0 : x.Count / result.Count;
        for (var i = 0; i < result.Count; i++)
            result.Values[i] = Numbers.Wrap(finish is null ? result.Values[i] : finish(result.Values[i], count), x.Type);
        return call.Attributes.Integer("keepdims", 1) != 0
            ? result
            : result.Reshaped([.. x.Shape.Where((_, d) => !axes.Contains(d))]);
    }
}
