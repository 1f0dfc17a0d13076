using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>Products of matrices.</summary>
internal static class ProductOperators
{
    public static IEnumerable<Operator> Table { get; } =
    [
        Operator.One("MatMul", 2, 2, MatMul),
        Operator.One("Gemm", 2, 3, Gemm, "alpha", "beta", "transA", "transB"),
    ];

    // numpy's matmul: a vector becomes a row on the left, a column on the right; dimensions before the last two are broadcast.
    private static Tensor MatMul(NodeCall call)
    {
        var (a, b) = (call[0], call[1]);
        if (a.Rank == 0 || b.Rank == 0)
            throw call.Wrong("expected matrices or vectors, got a single number");
        int[] left = a.Rank == 1 ? [1, a.Shape[0]] : a.Shape;
        int[] right = b.Rank == 1 ? [b.Shape[0], 1] : b.Shape;
        var (rows, inner, columns) = (left[^2], left[^1], right[^1]);
        if (inner != right[^2])
            throw call.Wrong($"{a.ShapeText()} and {b.ShapeText()} do not fit together");

        var outer = Broadcasting.Common(call, left[..^2], right[..^2]);
        int[] shape = [.. outer, .. a.Rank == 1 ? Array.Empty<int>() : [rows], .. b.Rank == 1 ? Array.Empty<int>() : [columns]];
        var result = call.New(shape, a.Type);
        call.Spend((long)result.Count * inner);
        var lefts = new StridedWalk(outer, Outer(left, outer), 0);
        var rights = new StridedWalk(outer, Outer(right, outer), 0);
        for (var at = 0; at < result.Count; at += rows * columns)
        {
            var (layoutA, layoutB) = ((lefts.Position, inner, 1), (rights.Position, columns, 1));
            Multiply(a.Values, layoutA, b, layoutB, result.Values.AsSpan(at), rows, inner, columns);
            lefts.Next();
            rights.Next();
        }

        return Finish(result);
    }

    private static int[] Outer(int[] shape, int[] outer) =>
        [.. Broadcasting.Strides(shape[..^2], outer).Select(s => s * shape[^2] * shape[^1])];

    private static Tensor Gemm(NodeCall call)
    {
        var (a, b) = (call[0], call[1]);
        if (a.Rank != 2 || b.Rank != 2)
            throw call.Wrong($"expected matrices, got {a.ShapeText()} and {b.ShapeText()}");
        var (turnA, turnB) = (call.Attributes.Integer("transA", 0) != 0, call.Attributes.Integer("transB", 0) != 0);
        var (alpha, beta) = (call.Attributes.Number("alpha", 1), call.Attributes.Number("beta", 1));
        var (rows, inner) = turnA ? (a.Shape[1], a.Shape[0]) : (a.Shape[0], a.Shape[1]);
        var (innerB, columns) = turnB ? (b.Shape[1], b.Shape[0]) : (b.Shape[0], b.Shape[1]);
        if (inner != innerB)
            throw call.Wrong($"{a.ShapeText()} and {b.ShapeText()} (transA {turnA}, transB {turnB}) do not fit together");

        var result = call.New([rows, columns], a.Type);
        call.Spend((long)result.Count * inner);
        var layoutA = turnA ? (0, 1, rows) : (0, inner, 1);
        var layoutB = turnB ? (0, 1, inner) : (0, columns, 1);
        Multiply(a.Values, layoutA, b, layoutB, result.Values, rows, inner, columns);
        var added = call.Find(2) is { } c ? Broadcasting.To(call, c, result.Shape).Values : null;
        for (var i = 0; i < result.Count; i++)
            result.Values[i] = (alpha * result.Values[i]) + (added is null ? 0 : beta * added[i]);
        return Finish(result);
    }

    private static Tensor Finish(Tensor result)
    {
        if (!result.Type.IsFloating())
        {
            for (var i = 0; i < result.Count; i++)
                result.Values[i] = Numbers.Wrap(result.Values[i], result.Type);
        }

        return result;
    }

    // A layout is where a matrix begins, and how far its rows and its columns are apart. The second matrix, where weights stand, is read
    // along its numbers, whichever way it lies.
    private static void Multiply(
        double[] a, (int First, int Row, int Column) layoutA, Tensor b, (int First, int Row, int Column) layoutB,
        Span<double> result, int rows, int inner, int columns)
    {
        var line = new double[inner];
        for (var r = 0; r < rows; r++)
        {
            for (var k = 0; k < inner; k++)
                line[k] = a[layoutA.First + (r * layoutA.Row) + (k * layoutA.Column)];
            var target = result.Slice(r * columns, columns);
            if (layoutB.Row == 1)
            {
                for (var c = 0; c < columns; c++)
                    target[c] = b.Dot(layoutB.First + (c * layoutB.Column), line);
                continue;
            }

            target.Clear();
            for (var k = 0; k < inner; k++)
                b.AddMultiple(layoutB.First + (k * layoutB.Row), line[k], target);
        }
    }
}
