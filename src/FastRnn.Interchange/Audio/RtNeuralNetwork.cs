using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Audio;

/// <summary>Says layers of Keras' style as layers of a network. Gates lie side by side in the columns of a kernel.</summary>
internal static class RtNeuralNetwork
{
    private static readonly (string Gate, int Place)[] LstmGates = [("i", 0), ("f", 1), ("g", 2), ("o", 3)];
    private static readonly (string Gate, int Place)[] GruGates = [("z", 0), ("r", 1), ("n", 2)];

    /// <summary>The layer of a layer.</summary>
    public static NetworkLayer Layer(KerasLayer layer, Findings findings)
    {
        foreach (var (tensor, role) in layer.Tensors)
            findings.Use(tensor, $"{role} of {layer.Name}");
        return layer switch
        {
            KerasRecurrent recurrent => Recurrent(recurrent),
            KerasDense dense => Dense(dense),
            KerasActivation { Function: "softmax" } => new SoftmaxLayer(layer.Name, IsLog: false),
            KerasActivation activation => new FunctionLayer(layer.Name, Function(activation.Function)),
            _ => throw new InvalidOperationException($"no such layer: {layer}"),
        };
    }

    private static FunctionUse Function(string name) => name switch
    {
        "tanh" => FunctionUse.Tanh,
        "relu" => FunctionUse.Relu,
        "sigmoid" => FunctionUse.Sigmoid,
        "elu" => new FunctionUse(FunctionKind.Elu, Alpha: 1),
        _ => throw new InvalidOperationException($"no such function: {name}"),
    };

    private static DenseLayer Dense(KerasDense layer)
    {
        var (inputs, outputs) = ((int)layer.Kernel.Shape[0], layer.OutputSize);
        return new DenseLayer(
            layer.Name,
            WeightView.Transposed(layer.Kernel, 0, outputs, inputs, outputs),
            layer.Bias is null ? [] : [WeightView.Vector(layer.Bias, 0, outputs)],
            FunctionUse.Identity);
    }

    private static RecurrentLayer Recurrent(KerasRecurrent layer)
    {
        var isGru = layer.Kind == RecurrentKind.Gru;
        var (inputs, hidden, columns) = ((int)layer.Kernel.Shape[0], layer.OutputSize, (int)layer.Kernel.Shape[1]);
        var gates = (isGru ? GruGates : LstmGates).Select(gate => new GateWeights(
            gate.Gate,
            WeightView.Transposed(layer.Kernel, gate.Place * hidden, hidden, inputs, columns),
            WeightView.Transposed(layer.Recurrent, gate.Place * hidden, hidden, hidden, columns),
            [WeightView.Vector(layer.Bias, gate.Place * hidden, hidden)],
            isGru ? [WeightView.Vector(layer.Bias, columns + (gate.Place * hidden), hidden)] : []));
        return new RecurrentLayer(layer.Name, layer.Kind, inputs, hidden)
        {
            Directions = [new RecurrentDirection { Gates = [.. gates], GateFunction = FunctionUse.Sigmoid }],
            ResetsAfterProduct = isGru,
        };
    }
}
