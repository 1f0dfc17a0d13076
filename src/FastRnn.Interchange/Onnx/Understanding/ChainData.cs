using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Data as a layer reads it: what a stage of the chain puts out, whole.</summary>
internal static class ChainData
{
    /// <summary>Data as a view of a stage of the chain; where the last step was taken, the pooling stands in the chain.</summary>
    /// <exception cref="ForeignFileException">It is no data of the chain.</exception>
    public static (ChainStage Stage, Symbol View) Of(string place, Symbol symbol)
    {
        symbol = FinalSteps.Rewrite(symbol);
        if (symbol.Source is FinalState { IsCell: false } state)
            symbol = symbol.Of(state.Pooled);
        if (symbol.Source is not ChainStage stage)
            throw Refused(place, $"{symbol.Source.Description} {symbol.ShapeText()} goes on as data: expected what a layer puts out");

        if (symbol.Taken.FirstOrDefault(a => a.Role == Axis.Time) is { } time)
        {
            var step = time.At(0);
            if (step != time.Tag.Size - 1 || stage.Layer is RecurrentLayer { Directions.Count: 2 })
            {
                throw Refused(place, $"takes step {step} of the {time.Tag.Size} of {stage.Description}: expected the last step that "
                    + "each direction reads (of a backward direction the first one)");
            }

            if (stage.HasLengths)
            {
                throw Refused(place, $"takes the last step of padded sequences of {stage.Description}: expected each sequence's own last "
                    + "step (Y_h)");
            }

            if (stage.Layer is RecurrentLayer)
                throw Refused(place, $"takes the first step that {stage.Description} reads backward: expected its last one");
            stage = stage.Last();
            symbol = symbol.Of(stage).WithTaken(symbol.Taken.Where(a => a != time));
        }

        if (symbol.Taken.FirstOrDefault(a => a.Tag.Size > 1) is { } taken)
            throw Refused(place, $"takes only element {taken.At(0)} of the {taken.Tag.Size} of {taken.Tag.Name} of {stage.Description}");
        return (stage, symbol);
    }

    /// <summary>Checks that a dimension is the whole vector of a step, all directions in order.</summary>
    /// <exception cref="ForeignFileException">It is not.</exception>
    public static void CheckFeatures(string place, ChainStage stage, Symbol view, int axis)
    {
        var atoms = view.Axes[axis];
        if (stage.Features is null)
        {
            var tags = atoms.Count == 0 ? [new AxisTag("the numbers of a step", 1)] : atoms.Select(a => a.Tag).ToArray();
            if (atoms.Any(a => !a.IsWhole) || tags.Count(t => t.Size > 1) > 1 || !tags.All(t => t.Bind(Axis.Feature)))
                throw Refused(place, $"reads along dimension {axis} of {view.ShapeText()}: expected the numbers of a step of the input");
            stage.BindFeatures(tags);
        }

        if (!Atom.Match(atoms, stage.Features!.Select(t => new Atom(t))))
        {
            throw Refused(place, $"reads along dimension {axis} of {view.ShapeText()}: expected all {stage.FeatureSize} numbers of a "
                + $"step of {stage.Description} in their order{(stage.Features!.Count > 1 ? ", forward and backward side by side" : "")}");
        }
    }

    /// <summary>A function of each number.</summary>
    public static Value Each(NodeCall call, Symbol symbol, NetworkLayer layer)
    {
        var (stage, view) = Of(call.Node.Place, symbol);
        return view.Of(stage.Each(layer));
    }

    private static ForeignFileException Refused(string place, string text) => new($"{place}: {text}");
}
