using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Operators that leave the numbers of a symbol and change its dimensions, or nothing at all.</summary>
internal static class ViewRules
{
    // The numbers of ONNX's types (TensorProto.DataType) that are floating: float, float16, double, bfloat16.
    private static readonly long[] Floating = [1, 10, 11, 16];

    // Those that hold tokens: int32, int64, uint32, uint64.
    private static readonly long[] Integers = [6, 7, 12, 13];

    /// <summary>Identity, and Dropout outside of training.</summary>
    public static IReadOnlyList<Value> Same(NodeCall call)
    {
        if (call.Node.Operator == "Dropout" && call.Input(2) is { } training
            && !(training is ConstantValue { Count: 1 } mode && mode[0] == 0))
        {
            return [call.Refuse("expected training_mode false, got a model in training")];
        }

        return [call.Symbol(0) ?? call.Refuse("expected data as its first input")];
    }

    /// <summary>A cast between floating types; or of tokens, between integers and from floating numbers.</summary>
    public static IReadOnlyList<Value> Cast(NodeCall call)
    {
        var symbol = Data(call);
        if (Floating.Contains(call.Attributes.Integer("to", 1)))
            return [symbol];
        var output = call.Node.Outputs[0];
        var isIndex = call.Run.Model.Nodes.All(n => !n.Inputs.Contains(output) || (n.Operator == "Gather" && n.Inputs[0] != output));
        if (symbol.Source is not ChainStage { Layer: null } || !Integers.Contains(call.Attributes.Integer("to", 1)) || !isIndex)
            return [call.Refuse($"makes integers of {symbol.Source.Description}: expected tokens that look up the rows of a table")];
        if (call.Run.Model.Inputs.Any(i => i.Type.IsFloating() && i.Name == call.Node.Inputs[0]))
            call.Run.Findings.Assume($"the tokens come as floating numbers in '{call.Node.Inputs[0]}'");
        return [symbol];
    }

    /// <summary>An Expand that changes nothing.</summary>
    public static IReadOnlyList<Value> Expand(NodeCall call)
    {
        var symbol = Data(call);
        var sizes = call.Integers(1, "shape") ?? [];
        var added = sizes.Count - symbol.Rank;
        if (added > 16)
            return [call.Refuse($"expected at most 16 dimensions, got {sizes.Count}")];
        var fits = sizes.Count <= symbol.Rank || sizes.Take(added).All(s => s == 1);
        for (var i = Math.Max(0, added); fits && i < sizes.Count; i++)
            fits = sizes[i] == 1 || sizes[i] == symbol.Shape[i - added];
        if (!fits)
            return [call.Refuse($"repeats {symbol.Source.Description} {symbol.ShapeText()} to [{string.Join(", ", sizes)}]")];
        return [added > 0 ? SymbolViews.Unsqueeze(symbol, Enumerable.Range(0, added)) : symbol];
    }

    public static IReadOnlyList<Value> Transpose(NodeCall call)
    {
        var symbol = Data(call);
        var order = call.Attributes.Integers("perm")?.ToArray() ?? [.. Enumerable.Range(0, symbol.Rank).Reverse().Select(i => (long)i)];
        if (order.Length != symbol.Rank || order.Distinct().Count() != symbol.Rank || order.Any(o => o < 0 || o >= symbol.Rank))
            return [call.Refuse($"perm [{string.Join(", ", order)}]: expected an order of {symbol.Rank} dimensions")];
        return [SymbolViews.Transpose(symbol, [.. order.Select(o => (int)o)])];
    }

    public static IReadOnlyList<Value> Reshape(NodeCall call)
    {
        var symbol = Data(call);
        var sizes = (call.Integers(1, "shape") ?? []).ToArray();
        for (var i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] == 0 && call.Attributes.Integer("allowzero", 0) == 0 && i < symbol.Rank)
                sizes[i] = symbol.Shape[i];
        }

        return [To(call, symbol, sizes)];
    }

    /// <summary>Flatten: everything before an axis becomes one dimension, and everything from it.</summary>
    public static IReadOnlyList<Value> Flatten(NodeCall call)
    {
        var symbol = Data(call);
        var axis = call.Attributes.Integer("axis", 1);
        var at = axis == symbol.Rank ? symbol.Rank : call.Axis(axis, symbol.Rank);
        return [To(call, symbol, [.. new[] { symbol.Shape[..at], symbol.Shape[at..] }.Select(s => s.Aggregate(1, (a, b) => a * b))])];
    }

    public static IReadOnlyList<Value> Squeeze(NodeCall call)
    {
        var symbol = Data(call);
        var axes = call.Integers(1, "axes")?.Select(a => call.Axis(a, symbol.Rank)).ToArray()
            ?? [.. Enumerable.Range(0, symbol.Rank).Where(i => symbol.Shape[i] == 1)];
        if (axes.Any(a => symbol.Shape[a] != 1))
            return [call.Refuse($"drops dimensions [{string.Join(", ", axes)}] of {symbol.ShapeText()}: expected sizes of 1")];
        return [SymbolViews.Squeeze(symbol, [.. axes.Distinct()])];
    }

    public static IReadOnlyList<Value> Unsqueeze(NodeCall call)
    {
        var symbol = Data(call);
        var axes = call.Integers(1, "axes") ?? [];
        var rank = symbol.Rank + axes.Count;
        if (rank > 16)
            return [call.Refuse($"expected at most 16 dimensions, got {rank}")];
        var places = axes.Select(a => call.Axis(a, rank)).Order().ToArray();
        return places.Distinct().Count() == places.Length
            ? [SymbolViews.Unsqueeze(symbol, places)]
            : [call.Refuse("names a dimension twice")];
    }

    /// <summary>The first input, which must be the data.</summary>
    /// <exception cref="ForeignFileException">It is not.</exception>
    internal static Symbol Data(NodeCall call) => call.Input(0) switch
    {
        Symbol symbol => symbol,
        UnknownValue => throw new UnknownInputException(),
        _ => throw new ForeignFileException($"{call.Node.Place}: expected data as its first input, got constants"),
    };

    private static Value To(NodeCall call, Symbol symbol, int[] sizes)
    {
        var open = Array.IndexOf(sizes, -1);
        if (open >= 0)
        {
            var known = sizes.Aggregate(1L, (count, s) => s == -1 ? count : count * s);
            sizes[open] = known > 0 ? (int)(symbol.Shape.Aggregate(1L, (count, s) => count * s) / known) : 0;
        }

        return sizes.Length <= 16 && SymbolViews.Reshape(symbol, sizes) is { } result
            ? result
            : call.Refuse($"{symbol.Source.Description} {symbol.ShapeText()} becomes [{string.Join(", ", sizes)}]: it cuts a dimension");
    }
}
