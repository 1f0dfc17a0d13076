using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Operators that pick elements of a dimension: the last step, a state of one layer, sequences in another order; and the table of
/// an embedding.</summary>
internal static class PickRules
{
    public static IReadOnlyList<Value> Slice(NodeCall call)
    {
        var symbol = ViewRules.Data(call);
        var starts = call.Integers(1, "starts") ?? [];
        var ends = call.Integers(2, "ends") ?? [];
        var axes = call.Integers(3, "axes") ?? [.. Enumerable.Range(0, starts.Count)];
        var steps = call.Integers(4, "steps") ?? [.. Enumerable.Repeat(1, starts.Count)];
        if (ends.Count != starts.Count || axes.Count != starts.Count || steps.Count != starts.Count || steps.Contains(0))
            return [call.Refuse("expected as many starts as ends, axes and steps, and no step of 0")];

        for (var i = 0; i < starts.Count; i++)
        {
            var axis = call.Axis(axes[i], symbol.Rank);
            var picks = Range(symbol.Shape[axis], starts[i], ends[i], steps[i]);
            if (picks.Count == symbol.Shape[axis] && steps[i] == 1)
                continue;
            if (Pick(call, symbol, axis, picks) is not Symbol next)
                return [UnknownValue.Instance];
            symbol = next;
        }

        return [symbol];
    }

    /// <summary>Elements of data, or rows of a table by tokens.</summary>
    public static IReadOnlyList<Value> Gather(NodeCall call)
    {
        if (call.Constant(0) is { } table && call.Symbol(1) is { } tokens)
            return [Embedding(call, table, tokens)];
        if (call.Constant(1) is not { } indices)
        {
            return call.Inputs.Contains(UnknownValue.Instance)
                ? []
                : [call.Refuse("which elements it picks depends on the data")];
        }

        var symbol = ViewRules.Data(call);
        var axis = call.Axis(call.Attributes.Integer("axis", 0), symbol.Rank);
        if (indices.Shape.Length > 1)
        {
            return [call.Refuse($"picks {indices.ShapeText()} of {symbol.Source.Description} {symbol.ShapeText()}: expected one index or a "
                + "list of them")];
        }

        var size = symbol.Shape[axis];
        var picks = call.Integers(1, "")!.Select(i => i < 0 ? i + size : i).ToList();
        if (picks.Any(i => i < 0 || i >= size))
            return [call.Refuse($"an index is outside of the {size} elements of dimension {axis}")];
        var picked = Pick(call, symbol, axis, picks);
        return [indices.Shape.Length == 0 && picked is Symbol one ? SymbolViews.Squeeze(one, [axis]) : picked];
    }

    public static IReadOnlyList<Value> Split(NodeCall call)
    {
        var symbol = ViewRules.Data(call);
        var axis = call.Axis(call.Attributes.Integer("axis", 0), symbol.Rank);
        var (size, count) = (symbol.Shape[axis], call.Node.Outputs.Count);
        var each = (size + count - 1) / count;
        var sizes = call.Integers(1, "split") ?? [.. Enumerable.Range(0, count).Select(i => Math.Clamp(size - (i * each), 0, each))];
        if (sizes.Count != count || sizes.Any(s => s < 1) || sizes.Sum(s => (long)s) != size)
            return [call.Refuse($"splits dimension {axis} of {symbol.ShapeText()} into [{string.Join(", ", sizes)}]")];
        var begin = 0;
        return [.. sizes.Select(s => Pick(call, symbol, axis, [.. Enumerable.Range((begin += s) - s, s)]))];
    }

    private static Value Embedding(NodeCall call, ConstantValue table, Symbol tokens)
    {
        if (tokens.Source is not ChainStage { Layer: null } input)
            return call.Refuse($"looks rows up by {tokens.Source.Description}: expected tokens that are the input");
        if (table.Shape.Length != 2 || table.Count == 0 || !table.IsFloating || call.Axis(call.Attributes.Integer("axis", 0), 2) != 0)
            return call.Refuse($"expected the rows of a table [vocabulary, size], got {table.ShapeText()}");

        call.Run.Use(table, "the table of the embedding");
        var view = WeightView.Matrix(table.File, 0, table.Shape[0], table.Shape[1]);
        var feature = new AxisTag($"the size of '{call.Name}'", table.Shape[1], Axis.Feature);
        var stage = input.Then(new EmbeddingLayer(call.Name, view), feature);
        return new Symbol(stage, [.. tokens.Axes, [new Atom(feature)]], tokens.Taken);
    }

    private static Value Pick(NodeCall call, Symbol symbol, int axis, List<int> picks)
    {
        call.Run.Budget.Spend((long)symbol.Shape[axis] * Math.Max(1, symbol.Axes[axis].Count));
        call.Run.Budget.Take(picks.Count);
        if (picks.Count == 0)
            return call.Refuse($"picks nothing of {symbol.Source.Description} {symbol.ShapeText()} along dimension {axis}");
        return SymbolViews.Pick(symbol, axis, picks) is { } picked
            ? picked
            : call.Refuse($"picks elements of {symbol.Source.Description} {symbol.ShapeText()} across what was merged into {axis}");
    }

    // ONNX counts from the end if negative, and cuts what lies outside.
    private static List<int> Range(int size, long start, long end, long step)
    {
        start = Math.Clamp(start < 0 ? start + size : start, 0, step > 0 ? size : size - 1);
        end = Math.Clamp(end < 0 ? end + size : end, step > 0 ? 0 : -1, size);
        var picks = new List<int>();
        for (var i = start; step > 0 ? i < end : i > end; i += step)
            picks.Add((int)i);
        return picks;
    }
}
