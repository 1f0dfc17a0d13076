using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>RNN, LSTM and GRU: a recurrent layer. layout 0: X [T, B, I], Y [T, D, B, H], states [D, B, H]; layout 1 (opset 14): [B, T, I],
/// [B, T, D, H], [B, D, H].</summary>
internal static class RecurrentRule
{
    public static IReadOnlyList<Value> Apply(NodeCall call)
    {
        // The attributes and weights are looked at even if the data are not understood, so that all problems are told at once.
        if (RecurrentReader.Read(call) is not { } layer || call.Inputs.Contains(UnknownValue.Instance))
            return [];
        if (call.Symbol(0) is not { } input)
            return [call.Refuse("expected the sequences to be data, got constants")];
        return Layer(call, layer, input);
    }

    private static Value[] Layer(NodeCall call, RecurrentLayer layer, Symbol input)
    {
        var isBatchFirst = call.Attributes.Integer("layout", 0) == 1;
        var (stage, data) = ChainData.Of(call.Node.Place, input);
        if (data.Rank != 3 || data.Shape[2] != layer.InputSize)
        {
            var order = isBatchFirst ? "batch, time" : "time, batch";
            return [call.Refuse($"expected X [{order}, {layer.InputSize}] for its W, got {stage.Description} {data.ShapeText()}")];
        }

        if (stage.IsPooled)
            return [call.Refuse($"reads {stage.Description}, which is one vector a sequence")];
        ChainData.CheckFeatures(call.Node.Place, stage, data, 2);
        var time = OnlyAtom(call, data, isBatchFirst ? 1 : 0, Axis.Time);
        var batch = OnlyAtom(call, data, isBatchFirst ? 0 : 1, Axis.Batch);
        if (time is null || batch is null)
            return [];
        if (batch.Size != batch.Tag.Size || (!time.IsWhole && !time.IsReversed))
            return [call.Refuse($"reads only some of the steps or sequences of {stage.Description}")];

        var hasLengths = ReadsLengths(call, batch, time);
        if (hasLengths is null || (hasLengths.Value && time.IsReversed))
            return hasLengths is null ? [] : [call.Refuse("reads padded sequences from the end: expected direction 'reverse'")];

        // Reading a reversed sequence forward is reading the sequence backward.
        if (time.IsReversed && time.Size > 1)
        {
            if (layer.Directions.Count == 2)
                return [call.Refuse("reads reversed sequences in two directions")];
            layer = layer with { Directions = [layer.Directions[0] with { Backward = !layer.Directions[0].Backward }] };
        }

        var states = new FirstStateReader(call, layer, batch, isBatchFirst);
        if (states.Read(5, isCell: false) is not { } withHidden)
            return [];
        layer = withHidden;
        if (layer.Kind == RecurrentKind.Lstm)
        {
            if (states.Of(layer).Read(6, isCell: true) is not { } withCell)
                return [];
            layer = withCell;
        }

        return Outputs(call, stage, layer, isBatchFirst, (time, batch, hasLengths.Value));
    }

    /// <summary>Y, Y_h and Y_c of a layer.</summary>
    internal static Symbol[] Outputs(
        NodeCall call, ChainStage stage, RecurrentLayer layer, bool isBatchFirst, (Atom Time, Atom Batch, bool HasLengths) axes)
    {
        var directions = new AxisTag($"the directions of '{call.Name}'", layer.Directions.Count, Axis.Slice);
        var hidden = new AxisTag($"the state of '{call.Name}'", layer.HiddenSize, Axis.Feature);
        var next = stage.Recur(layer, call.Node.Index, directions, hidden, axes.HasLengths);
        Atom[] d = [new(directions)], h = [new(hidden)], t = [axes.Time], b = [axes.Batch];
        IReadOnlyList<Atom>[] state = isBatchFirst ? [b, d, h] : [d, b, h];
        return
        [
            new Symbol(next, isBatchFirst ? [b, t, d, h] : [t, d, b, h], []),
            new Symbol(next.LastState(isCell: false), state, []),
            new Symbol(next.LastState(isCell: true), state, []),
        ];
    }

    /// <summary>The dimension of X that is time, or sequences; null if it is something else, which is noted. One that the file added has
    /// size 1.</summary>
    internal static Atom? OnlyAtom(NodeCall call, Symbol data, int axis, Axis role)
    {
        var atoms = data.Axes[axis].Where(a => a.Tag.Size > 1).ToArray();
        if (atoms.Length == 0)
            atoms = [.. data.Axes[axis].Where(a => a.Role != Axis.Slice && a.Role != Axis.Feature).Take(1)];
        if (atoms.Length == 0)
            return new Atom(new AxisTag($"dimension {axis} of X", 1, role));
        if (atoms.Length == 1 && atoms[0].Tag.Bind(role))
            return atoms[0];
        var got = string.Join(" and ", atoms.Select(a => $"{a.Tag.Name} ({a.Role})"));
        call.Refuse($"dimension {axis} of X: expected {role}, got {got}");
        return null;
    }

    // Null if the lengths are something else than the input of lengths, in the order of the sequences.
    private static bool? ReadsLengths(NodeCall call, Atom batch, Atom time)
    {
        if (call.Input(4) is not { } value)
            return false;
        var lengths = value as ConstantValue;
        var given = call.Run.Sizes.Lengths;
        if (lengths is not null && lengths.Count == batch.Size)
        {
            call.Run.Use(lengths, "lengths");
            if (given is not null && Enumerable.Range(0, batch.Size).All(i => lengths[i] == given[batch.At(i)]))
            {
                call.Run.ReadsLengths = true;
                call.Run.Findings.Assume("a sequence of length 0 keeps its first state (ONNX Runtime 1.31 makes it 0)");
                return true;
            }

            if (Enumerable.Range(0, batch.Size).All(i => lengths[i] == time.Size))
                return false;
        }

        call.Refuse("sequence_lens: expected the graph's input of lengths, in the order of the sequences, or all steps");
        return null;
    }
}
