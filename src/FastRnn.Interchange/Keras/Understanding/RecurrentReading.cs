using FastRnn.Interchange.Files;
using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Weights;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Keras.Understanding;

/// <summary>Keras' recurrent layers in the words of networks: kernels <c>[I, G H]</c> become views <c>[H, I]</c> of their gates.</summary>
internal sealed class RecurrentReading(KerasWeights weights, FunctionReading functions, Findings findings)
{
    private static readonly string[] LstmGates = ["i", "f", "g", "o"];
    private static readonly string[] GruGates = ["z", "r", "n"];
    private static readonly string[] RnnGates = ["h"];

    /// <summary>A layer of one direction.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="backward">Whether it reads from the end of what the file is given.</param>
    /// <returns>Null if there is a problem.</returns>
    public RecurrentLayer? Read(KerasLayer layer, bool backward)
    {
        Check(layer);
        return weights.Of(layer) is { } tensors ? Create(layer.Name, layer, tensors, [Direction(layer, tensors, backward)]) : null;
    }

    /// <summary>A Bidirectional.</summary>
    public RecurrentLayer? ReadBoth(KerasLayer layer)
    {
        var (forward, backward) = (layer.Inner[0], layer.Inner[1]);
        foreach (var inner in layer.Inner)
        {
            if (inner.Kind?.IsRecurrent() != true)
            {
                findings.Problem($"{layer.Where} wraps {inner.Where}; LSTM, GRU and SimpleRNN are known there");
                return null;
            }

            Check(inner);
        }

        var merge = layer.Option("merge_mode") is null ? "None" : layer.Text("merge_mode");
        if (merge is not ("concat" or "sum"))
            findings.Problem($"{layer.Where}: merge_mode '{merge}' is not known; known are concat and sum");
        if (forward.GoesBackwards || !backward.GoesBackwards)
            findings.Problem($"{layer.Where}: its first layer goes backwards: its outputs would lie against the second one's");
        if (weights.Of(forward) is not { } ahead || weights.Of(backward) is not { } back || !AreAlike(layer, forward, backward))
            return null;

        RecurrentDirection[] directions = [Direction(forward, ahead, false), Direction(backward, back, true)];
        return Create(layer.Name, forward, ahead, directions) with { Merge = merge == "sum" ? Merge.Sum : Merge.Concat };
    }

    private bool AreAlike(KerasLayer layer, KerasLayer forward, KerasLayer backward)
    {
        var areAlike = forward.Kind == backward.Kind
            && forward.Count("units") == backward.Count("units")
            && weights.Of(forward)!.InputSize == weights.Of(backward)!.InputSize
            && forward.ReturnsSequences == backward.ReturnsSequences
            && forward.Flag("reset_after", false) == backward.Flag("reset_after", false);
        if (!areAlike)
            findings.Problem($"{layer.Where}: {forward.Where} and {backward.Where} differ in class, size or what they return");
        return areAlike;
    }

    private static RecurrentLayer Create(string name, KerasLayer layer, KerasTensors tensors, RecurrentDirection[] directions)
    {
        var kind = layer.Kind switch
        {
            KerasKind.Lstm => RecurrentKind.Lstm,
            KerasKind.Gru => RecurrentKind.Gru,
            _ => RecurrentKind.Rnn,
        };
        return new RecurrentLayer(name, kind, tensors.InputSize, layer.Count("units"))
        {
            Directions = directions,
            ResetsAfterProduct = kind == RecurrentKind.Gru && layer.Flag("reset_after", false),
        };
    }

    private RecurrentDirection Direction(KerasLayer layer, KerasTensors tensors, bool backward)
    {
        var names = layer.Kind switch { KerasKind.Lstm => LstmGates, KerasKind.Gru => GruGates, _ => RnnGates };
        var gates = names.Select((name, index) => Gate(layer, tensors, name, index, names.Length)).ToList();
        findings.Use(tensors.Kernel, $"what multiplies x of {layer.Where}, {string.Join(" ", names)}");
        findings.Use(tensors.Recurrent!, $"what multiplies the state of {layer.Where}, {string.Join(" ", names)}");
        if (tensors.Bias is not null)
            findings.Use(tensors.Bias, $"biases of {layer.Where}, {string.Join(" ", names)}");

        var activation = functions.Read(layer, "activation");
        return new RecurrentDirection
        {
            Backward = backward,
            Gates = gates,
            GateFunction = layer.Kind == KerasKind.SimpleRnn ? activation : functions.Read(layer, "recurrent_activation"),
            CandidateFunction = activation,
            OutputFunction = layer.Kind == KerasKind.Lstm ? activation : FunctionUse.Tanh,
        };
    }

    private static GateWeights Gate(KerasLayer layer, KerasTensors tensors, string name, int index, int count)
    {
        var units = layer.Count("units");
        var width = units * count;
        var offset = index * units;
        var hasTwo = tensors.Bias?.Shape.Count == 2;
        return new GateWeights(
            name,
            WeightView.Transposed(tensors.Kernel, offset, units, tensors.InputSize, width),
            WeightView.Transposed(tensors.Recurrent!, offset, units, units, width),
            tensors.Bias is { } bias ? [WeightView.Vector(bias, offset, units)] : [],
            hasTwo ? [WeightView.Vector(tensors.Bias!, width + offset, units)] : []);
    }

    private void Check(KerasLayer layer)
    {
        if (layer.Flag("return_state", false))
            findings.Problem($"{layer.Where}: return_state: outputs that are states are not understood");
        if (layer.Flag("time_major", false))
            findings.Problem($"{layer.Where}: time_major: sequences [T, B, I] are not understood");
        if (layer.Flag("stateful", false))
        {
            findings.Assume(
                $"{layer.Where} is stateful: Keras begins a batch with the states of the one before until reset_states; "
                    + "here sequences begin with zeros");
        }
    }
}
