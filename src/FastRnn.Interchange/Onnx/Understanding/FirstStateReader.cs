using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>The states with which a recurrent layer begins: zeros, constants that are the same for all sequences, or an input of the
/// graph.</summary>
/// <param name="call">The node.</param>
/// <param name="layer">The layer.</param>
/// <param name="batch">The sequences of X.</param>
/// <param name="isBatchFirst">Whether states are [B, D, H], or [D, B, H].</param>
internal sealed class FirstStateReader(NodeCall call, RecurrentLayer layer, Atom batch, bool isBatchFirst)
{
    /// <summary>The same for what the layer has become.</summary>
    public FirstStateReader Of(RecurrentLayer changed) => new(call, changed, batch, isBatchFirst);

    /// <summary>Reads an input of the node.</summary>
    /// <returns>The layer with its first state; null if it is not understood.</returns>
    public RecurrentLayer? Read(int input, bool isCell)
    {
        if (call.Input(input) is not { } value)
            return layer;
        var what = isCell ? "initial_c" : "initial_h";
        var (directions, sequences, hidden) = (layer.Directions.Count, batch.Size, layer.HiddenSize);
        int[] expected = isBatchFirst ? [sequences, directions, hidden] : [directions, sequences, hidden];
        var (shape, text) = value is ConstantValue c ? (c.Shape, c.ShapeText()) : (((Symbol)value).Shape, ((Symbol)value).ShapeText());
        if (!shape.AsSpan().SequenceEqual(expected))
            return Refuse($"{what}: expected [{string.Join(", ", expected)}], got {text}");
        return value is ConstantValue constant ? Constant(constant, what, isCell) : FromInput((Symbol)value, what, isCell);
    }

    private RecurrentLayer? Constant(ConstantValue constant, string what, bool isCell)
    {
        var (sequences, hidden) = (batch.Size, layer.HiddenSize);
        int At(int d, int b) => (isBatchFirst ? (b * layer.Directions.Count) + d : (d * sequences) + b) * hidden;
        var isZero = true;
        for (var i = 0; i < constant.Count; i++)
            isZero &= constant[i] == 0;
        call.Run.Use(constant, isZero ? $"{what} of '{call.Name}': zeros" : $"{what} of '{call.Name}'");
        if (isZero)
            return layer;

        var rows = new double[layer.Directions.Count * hidden];
        for (var d = 0; d < layer.Directions.Count; d++)
        {
            for (var h = 0; h < hidden; h++)
            {
                rows[(d * hidden) + h] = constant[At(d, 0) + h];
                for (var b = 1; b < sequences; b++)
                {
                    if (constant[At(d, b) + h] != rows[(d * hidden) + h])
                        return Refuse($"{what}: '{constant.Name}' {constant.ShapeText()} begins sequences differently");
                }
            }
        }

        var file = constant.IsInitializer ? constant.File : ConstantValue.Single(constant.Name, [layer.Directions.Count, hidden], rows);
        return layer with
        {
            Directions = [.. layer.Directions.Select((direction, d) =>
            {
                var view = WeightView.Vector(file, constant.IsInitializer ? At(d, 0) : d * hidden, hidden);
                return isCell ? direction with { FirstCell = view } : direction with { FirstHidden = view };
            })],
        };
    }

    private RecurrentLayer? FromInput(Symbol symbol, string what, bool isCell)
    {
        if (symbol.Source is not StateInput source)
            return Refuse($"{what} is {symbol.Source.Description} {symbol.ShapeText()}: expected constants or an input of the graph");

        var (sliceAxis, batchAxis) = isBatchFirst ? (1, 0) : (0, 1);
        var slice = Only(symbol.Axes[sliceAxis].Concat(symbol.Taken.Where(a => a.Tag.Size > 1)), Axis.Slice);
        var sequence = Only(symbol.Axes[batchAxis], Axis.Batch);
        var feature = Only(symbol.Axes[2], Axis.Feature);
        if (slice.Wrong || sequence.Wrong || feature.Wrong || feature.Atom is { IsWhole: false })
            return Refuse($"{what} is '{source.Name}' {symbol.ShapeText()}: expected [directions, sequences, state] as its dimensions");
        if (batch.Size > 1 && Enumerable.Range(0, batch.Size).Any(i => sequence.Atom!.At(i) != batch.At(i)))
            return Refuse($"{what} is '{source.Name}' with the sequences in another order than those of X");

        for (var d = 0; d < layer.Directions.Count; d++)
            call.Run.FirstStates.Add(new FirstStateUse(source, slice.Atom?.At(d) ?? 0, call.Node.Index, d == 1, isCell));
        return layer;
    }

    private static (Atom? Atom, bool Wrong) Only(IEnumerable<Atom> atoms, Axis role)
    {
        var all = atoms.ToArray();
        var large = all.Where(a => a.Tag.Size > 1).ToArray();
        var atom = large.Length == 0 ? all.FirstOrDefault() : large[0];
        return (atom, large.Length > 1 || (atom is not null && !atom.Tag.Bind(role)));
    }

    private RecurrentLayer? Refuse(string text)
    {
        call.Refuse(text);
        return null;
    }
}
