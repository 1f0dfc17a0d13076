using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Says views that end at the last step of a layer in one way: as views of the layer's last state.</summary>
internal static class FinalSteps
{
    /// <summary>A state taken from a stack becomes a state of its layer; the last step that a direction reads becomes its last state. All
    /// else stays.</summary>
    public static Symbol Rewrite(Symbol symbol) => symbol.Source switch
    {
        StateStack stack => Unstack(symbol, stack),
        ChainStage { Layer: RecurrentLayer layer, Directions: { } directions } stage => OfSteps(symbol, stage, layer, directions),
        _ => symbol,
    };

    private static Symbol Unstack(Symbol symbol, StateStack stack)
    {
        var all = symbol.Taken.Concat(symbol.Axes.SelectMany(a => a));
        var slice = all.Single(a => ReferenceEquals(a.Tag, stack.Slices));
        var (state, first) = stack.Parts[slice.At(0)];
        if (Enumerable.Range(0, slice.Size).Any(i => !ReferenceEquals(stack.Parts[slice.At(i)].State, state)))
            return symbol;

        var picks = new Atom(state.Layer.Directions!)
            .Pick([.. Enumerable.Range(0, slice.Size).Select(i => stack.Parts[slice.At(i)].Direction)]);
        return Renamed(symbol, state, stack.Slices, picks);
    }

    private static Symbol OfSteps(Symbol symbol, ChainStage stage, RecurrentLayer layer, AxisTag directions)
    {
        if (symbol.Taken.FirstOrDefault(a => a.Role == Axis.Time) is not { } time)
            return symbol;
        var of = symbol.Taken.Concat(symbol.Axes.SelectMany(a => a)).Single(a => ReferenceEquals(a.Tag, directions));
        for (var i = 0; i < of.Size; i++)
        {
            var backward = layer.Directions[of.At(i)].Backward;
            if (time.At(0) != (backward ? 0 : time.Tag.Size - 1) || (!backward && stage.HasLengths))
                return symbol;
        }

        return symbol.Of(stage.LastState(isCell: false)).WithTaken(symbol.Taken.Where(a => a != time));
    }

    // The stack's dimension of hidden units is the one of its first layer; it becomes the one of the layer.
    private static Symbol Renamed(Symbol symbol, FinalState state, AxisTag slices, Atom directions)
    {
        var hidden = state.Layer.Features![^1];
        Atom Other(Atom atom) =>
            ReferenceEquals(atom.Tag, slices) ? directions : atom.Role == Axis.Feature ? new Atom(hidden, atom.Picks) : atom;
        var renamed = new Symbol(state, [.. symbol.Axes.Select(a => a.Select(Other).ToArray())], [.. symbol.Taken.Select(Other)]);
        if (directions.Size > 1 || directions.Tag.Size == 1)
            return renamed;

        // One direction of two is a direction that was taken.
        return new Symbol(
            state, [.. renamed.Axes.Select(a => a.Where(x => !ReferenceEquals(x, directions)).ToArray())],
            [.. renamed.Taken.Where(x => !ReferenceEquals(x, directions)), directions]);
    }
}
