using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Sums and products of data with data.</summary>
internal static class DataRules
{
    /// <summary>Two directions summed, or a skip connection.</summary>
    public static Value Add(NodeCall call, Symbol left, Symbol right)
    {
        (left, right) = (FinalSteps.Rewrite(left), FinalSteps.Rewrite(right));
        return SumOfDirections(left, right) ?? Skip(call, left, right) ?? Skip(call, right, left) ?? call.Refuse(
            $"adds {left.Source.Description} {left.ShapeText()} and {right.Source.Description} {right.ShapeText()}: expected the two "
            + "directions of a layer, or the first numbers of the input");
    }

    /// <summary>x sigmoid(x).</summary>
    public static Value Multiply(NodeCall call, Symbol left, Symbol right)
    {
        var ((first, data), (second, gate)) = (ChainData.Of(call.Node.Place, left), ChainData.Of(call.Node.Place, right));
        if (ReferenceEquals(second, first.Before))
            ((first, data), (second, gate)) = ((second, gate), (first, data));
        return ReferenceEquals(second.Before, first) && second.Layer is FunctionLayer { Function.Kind: FunctionKind.Sigmoid }
            && SameAxes(data, gate)
            ? data.Of(first.Each(new FunctionLayer(call.Name, new FunctionUse(FunctionKind.Silu))))
            : call.Refuse($"multiplies {left.Source.Description} {left.ShapeText()} by {right.Source.Description} {right.ShapeText()}");
    }

    private static Symbol? SumOfDirections(Symbol left, Symbol right)
    {
        var stage = left.Source as ChainStage ?? (left.Source as FinalState)?.Layer;
        if (!ReferenceEquals(left.Source, right.Source)
            || stage is not { Layer: RecurrentLayer { Directions.Count: 2 } layer, Directions: { } directions }
            || !SameAxes(left, right))
        {
            return null;
        }

        var one = left.Taken.FirstOrDefault(a => ReferenceEquals(a.Tag, directions));
        var other = right.Taken.FirstOrDefault(a => ReferenceEquals(a.Tag, directions));
        if (one is null || other is null || one.At(0) == other.At(0) || left.Taken.Count(a => a.Tag.Size > 1) != 1)
            return null;

        var sum = stage.Replace(layer with { Merge = Merge.Sum });
        return left.Of(left.Source is FinalState { IsCell: var isCell } ? sum.LastState(isCell) : sum)
            .WithTaken(left.Taken.Where(a => !ReferenceEquals(a.Tag, directions)));
    }

    // y[k] += x[k]: x is what the first layer reads, so the input, or the input times a number.
    private static Symbol? Skip(NodeCall call, Symbol output, Symbol input)
    {
        if (input.Source is not ChainStage from || !from.Path().All(s => s.Layer is ScaleLayer) || from.Features is null
            || output.Source is not ChainStage to || to.Path().FirstOrDefault(s => s.Layer is not ScaleLayer)?.Before != from)
        {
            return null;
        }

        var axis = output.Rank - 1;
        if (input.Rank != output.Rank || axis < 0 || to.IsPooled || output.Taken.Any(a => a.Tag.Size > 1)
            || from.Features is not [var feature]
            || input.Taken.Any(a => a.Tag.Size > 1 && !ReferenceEquals(a.Tag, feature)))
        {
            return null;
        }

        ChainData.CheckFeatures(call.Node.Place, to, output, axis);
        var picked = input.Axes[axis].Concat(input.Taken).FirstOrDefault(a => ReferenceEquals(a.Tag, feature));
        return picked is not null && picked.Size == to.FeatureSize && input.Shape[axis] == picked.Size
            && Enumerable.Range(0, picked.Size).All(i => picked.At(i) == i)
            && Enumerable.Range(0, axis).All(i => Atom.Match(input.Axes[i], output.Axes[i]))
            ? output.Of(to.Each(new SkipLayer(call.Name)))
            : null;
    }

    private static bool SameAxes(Symbol left, Symbol right) =>
        left.Rank == right.Rank && Enumerable.Range(0, left.Rank).All(i => Atom.Match(left.Axes[i], right.Axes[i]));
}
