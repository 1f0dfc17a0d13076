using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch;

/// <summary>Says modules of PyTorch as layers of a network. Gates lie one below the other: i f g o of an LSTM, r z n of a GRU.</summary>
internal static class TorchNetwork
{
    private static readonly (string Gate, int Place)[] LstmGates = [("i", 0), ("f", 1), ("g", 2), ("o", 3)];
    private static readonly (string Gate, int Place)[] GruGates = [("z", 1), ("r", 0), ("n", 2)];
    private static readonly (string Gate, int Place)[] RnnGates = [("h", 0)];

    /// <summary>The layer of a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="nonlinearity">The function of an RNN.</param>
    /// <param name="findings">Receives where tensors went.</param>
    public static NetworkLayer Layer(TorchModule module, FunctionUse nonlinearity, Findings findings)
    {
        switch (module)
        {
            case TorchEmbedding embedding:
                findings.Use(embedding.Weight, $"table of {embedding.Name}");
                return new EmbeddingLayer(embedding.Name, Matrix(embedding.Weight));
            case TorchLinear linear:
                findings.Use(linear.Weight, $"weight of {linear.Name}");
                if (linear.Bias is not null)
                    findings.Use(linear.Bias, $"bias of {linear.Name}");
                return new DenseLayer(linear.Name, Matrix(linear.Weight), Vectors(linear.Bias, 0, linear.OutputSize), FunctionUse.Identity);
            case TorchRecurrent recurrent:
                return new RecurrentLayer(recurrent.Name, recurrent.Kind, recurrent.InputSize, recurrent.HiddenSize)
                {
                    Directions = [.. recurrent.Directions.Select((d, i) => Direction(recurrent, d, i == 1, nonlinearity, findings))],
                    ResetsAfterProduct = recurrent.Kind == RecurrentKind.Gru,
                };
            default:
                throw new InvalidOperationException($"no such module: {module}");
        }
    }

    private static RecurrentDirection Direction(
        TorchRecurrent layer, TorchDirection tensors, bool backward, FunctionUse nonlinearity, Findings findings)
    {
        foreach (var tensor in tensors.Tensors)
            findings.Use(tensor, $"{tensor.Name[(tensor.Name.LastIndexOf('.') + 1)..]} of {layer.Name}");

        var gates = layer.Kind switch
        {
            RecurrentKind.Lstm => LstmGates,
            RecurrentKind.Gru => GruGates,
            _ => RnnGates,
        };
        var (weightIh, weightHh, hidden) = (tensors.WeightIh!, tensors.WeightHh!, layer.HiddenSize);
        var (input, state) = ((int)weightIh.Shape[1], (int)weightHh.Shape[1]);
        return new RecurrentDirection
        {
            Backward = backward,
            GateFunction = layer.Kind == RecurrentKind.Rnn ? nonlinearity : FunctionUse.Sigmoid,
            Projection = tensors.WeightHr is null ? null : Matrix(tensors.WeightHr),
            Gates =
            [
                .. gates.Select(gate => new GateWeights(
                    gate.Gate,
                    WeightView.Matrix(weightIh, gate.Place * hidden * input, hidden, input),
                    WeightView.Matrix(weightHh, gate.Place * hidden * state, hidden, state),
                    Vectors(tensors.BiasIh, gate.Place * hidden, hidden),
                    Vectors(tensors.BiasHh, gate.Place * hidden, hidden))),
            ],
        };
    }

    private static WeightView Matrix(FileTensor tensor) =>
        WeightView.Matrix(tensor, 0, (int)tensor.Shape[0], (int)tensor.Shape[1]);

    private static WeightView[] Vectors(FileTensor? tensor, int offset, int length) =>
        tensor is null ? [] : [WeightView.Vector(tensor, offset, length)];
}
